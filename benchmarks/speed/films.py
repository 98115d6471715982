"""Make long recordings out of short ones, by repeating their packets: no picture is coded again."""

from pathlib import Path

import av


def looped(source: Path, target: Path, seconds: float) -> Path:
    """Write ``source`` again and again until ``seconds`` are reached."""
    with av.open(str(target), "w") as output:
        stream = None
        offset = 0
        while stream is None or offset * stream.time_base < seconds:
            with av.open(str(source)) as film:
                video = film.streams.video[0]
                if stream is None:
                    stream = output.add_stream_from_template(video)
                    stream.time_base = video.time_base
                end = 0
                for packet in film.demux(video):
                    if packet.dts is None:
                        continue
                    end = max(end, packet.pts + (packet.duration or 1))
                    packet.pts += offset
                    packet.dts += offset
                    packet.stream = stream
                    output.mux(packet)
                offset += end
    return target
