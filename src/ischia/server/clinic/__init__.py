"""What clinicians see and decide: their patients, locks, doses and rungs."""
