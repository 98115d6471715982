"""The body: joints by clinical names, segments, forward kinematics, BlazePose's landmarks, and cameras.

Standard library only, so that the same code runs in a browser. Importing reads nothing; measures are read
when first asked for.
"""

from ischia.anatomy.body import (
    DEFAULT_BODY,
    PARENTS,
    Body,
    SkinPoint,
    UnknownBodyError,
    body_named,
    body_names,
)
from ischia.anatomy.camera import VIEWS, Camera, ImageLandmark, image_landmarks, world_landmarks
from ischia.anatomy.joints import (
    Angles,
    Bounds,
    UnknownJointError,
    blended,
    bounds_of,
    changed_angles,
    full_angles,
    joint_names,
    middle_joints,
    mirrored,
    sided_joints,
)
from ischia.anatomy.landmarks import BLAZEPOSE, INDEX, MIRROR
from ischia.anatomy.pace import share_of_time, share_of_way
from ischia.anatomy.posture import BASES, Place, PlacedPose, Posture, pose_body, pose_placed
from ischia.anatomy.space import Point, Rotation

__all__ = [
    "BASES",
    "BLAZEPOSE",
    "DEFAULT_BODY",
    "INDEX",
    "MIRROR",
    "PARENTS",
    "VIEWS",
    "Angles",
    "Body",
    "Bounds",
    "Camera",
    "ImageLandmark",
    "Place",
    "PlacedPose",
    "Point",
    "Posture",
    "Rotation",
    "SkinPoint",
    "UnknownBodyError",
    "UnknownJointError",
    "blended",
    "body_named",
    "body_names",
    "bounds_of",
    "changed_angles",
    "full_angles",
    "image_landmarks",
    "joint_names",
    "middle_joints",
    "mirrored",
    "pose_body",
    "pose_placed",
    "share_of_time",
    "share_of_way",
    "sided_joints",
    "world_landmarks",
]
