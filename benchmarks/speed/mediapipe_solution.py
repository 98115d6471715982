"""Landmarks by MediaPipe's own Python solution, at full rate. Runs in an environment of its own.

usage: mediapipe_solution.py FOLDER VIDEO...   writes FOLDER/<name>.npz for each video
"""

import sys
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np


def main() -> None:
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        capture = cv2.VideoCapture(name)
        fps = capture.get(cv2.CAP_PROP_FPS)
        size = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
        image = []
        with mp.solutions.pose.Pose(model_complexity=1) as pose:
            while True:
                read, picture = capture.read()
                if not read:
                    break
                found = pose.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)).pose_landmarks
                points = (
                    [(p.x, p.y, p.z, p.visibility) for p in found.landmark] if found else [(np.nan,) * 4] * 33
                )
                image.append(points)
        times = np.arange(len(image)) / fps
        np.savez(
            folder / f"{Path(name).stem}.npz",
            t=times,
            image=np.asarray(image, np.float32),
            w=size[0],
            h=size[1],
            fps=fps,
        )


if __name__ == "__main__":
    main()
