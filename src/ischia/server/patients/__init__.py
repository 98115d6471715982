"""What patients tell: the first visit, check-ins, and a doctor's word that lets them go on."""
