//! How wide and high a picture or a video is shown, read from the beginning of its bytes, so that a bubble has
//! its place before the file is decoded.
//!
//! Photos and films are often stored lying and turned when shown: pictures by the EXIF tag "Orientation"
//! (CIPA DC-008, 4.6.5.1), films by the matrix of their track (ISO 14496-12, "Track Header Box").

use std::ops::Range;

/// Nothing larger is shown; what claims to be is no picture.
const LARGEST: usize = 100_000;

/// Width and height in pixels as they are shown; `None` where the bytes do not say.
pub(crate) fn frame(bytes: &[u8]) -> Option<(i64, i64)> {
    let (width, height, turned) = match imagesize::blob_size(bytes) {
        Ok(size) => (size.width, size.height, is_turned_jpeg(bytes)),
        Err(_) => film(bytes)?,
    };
    let fits = |length: usize| (1..=LARGEST).contains(&length);
    if !fits(width) || !fits(height) {
        return None;
    }
    let (width, height) = (i64::try_from(width).ok()?, i64::try_from(height).ok()?);
    Some(if turned {
        (height, width)
    } else {
        (width, height)
    })
}

/// Orientations 5 to 8 lie on their side.
fn is_turned_jpeg(bytes: &[u8]) -> bool {
    orientation(bytes).is_some_and(|value| (5..=8).contains(&value))
}

fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    // Segments: a marker, a length that counts itself, and what it says. The picture itself begins at SOS.
    while let [0xff, marker, high, low, ..] = *rest
        && marker != 0xda
    {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let said = rest.get(4..2 + length)?;
        if marker == 0xe1
            && let Some(exif) = said.strip_prefix(b"Exif\0\0")
        {
            return orientation_of(exif);
        }
        rest = rest.get(2 + length..)?;
    }
    None
}

fn orientation_of(tiff: &[u8]) -> Option<u16> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    };
    let long = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let value = if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        };
        usize::try_from(value).ok()
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map(|n| directory + 2 + n * 12)
        .find(|&entry| short(entry) == Some(0x0112))
        .and_then(|entry| short(entry + 8))
}

/// The first track of an MP4 or 3GP file that has a size.
fn film(bytes: &[u8]) -> Option<(usize, usize, bool)> {
    boxes(bytes, 0..bytes.len())
        .filter(|(kind, _)| kind == b"moov")
        .flat_map(|(_, moov)| boxes(bytes, moov))
        .filter(|(kind, _)| kind == b"trak")
        .flat_map(|(_, trak)| boxes(bytes, trak))
        .filter(|(kind, _)| kind == b"tkhd")
        .find_map(|(_, header)| track(&bytes[header]))
}

/// The header ends with the matrix (nine numbers), width and height.
fn track(header: &[u8]) -> Option<(usize, usize, bool)> {
    let from_end = |back: usize| {
        let at = header.len().checked_sub(back)?;
        let four: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
        Some(i32::from_be_bytes(four))
    };
    // 16.16 fixed point.
    let length = |back| usize::try_from(from_end(back)? >> 16).ok();
    let (width, height) = (length(8)?, length(4)?);
    let turned = from_end(44)? == 0 && from_end(28)? == 0;
    (width > 0 && height > 0).then_some((width, height, turned))
}

/// The boxes that lie side by side in a part of a file, as far as they are sound: kind, and where the content is.
fn boxes(bytes: &[u8], within: Range<usize>) -> impl Iterator<Item = ([u8; 4], Range<usize>)> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let kind: [u8; 4] = head[4..].try_into().ok()?;
        let short = u32::from_be_bytes(head[..4].try_into().ok()?);
        let (begins, size) = match short {
            0 => (8, within.end.checked_sub(at)?),
            1 => {
                let long: [u8; 8] = bytes.get(at + 8..at + 16)?.try_into().ok()?;
                (16, usize::try_from(u64::from_be_bytes(long)).ok()?)
            }
            short => (8, usize::try_from(short).ok()?),
        };
        let end = at.checked_add(size)?;
        if size < begins || end > within.end {
            return None;
        }
        let content = at + begins..end;
        at = end;
        Some((kind, content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        bytes
    }

    /// 640 by 480 as it is stored.
    fn jpeg(orientation: Option<(&[u8; 2], u8)>) -> Vec<u8> {
        let mut bytes = b"\xff\xd8".to_vec();
        if let Some((order, value)) = orientation {
            let little = order == b"II";
            let short = |n: u16| {
                if little {
                    n.to_le_bytes()
                } else {
                    n.to_be_bytes()
                }
            };
            let long = |n: u32| {
                if little {
                    n.to_le_bytes()
                } else {
                    n.to_be_bytes()
                }
            };
            let mut exif = b"Exif\0\0".to_vec();
            exif.extend(order);
            exif.extend(short(42));
            exif.extend(long(8));
            exif.extend(short(2));
            for (tag, value) in [(0x0100, 9), (0x0112, u16::from(value))] {
                exif.extend(short(tag));
                exif.extend(short(3));
                exif.extend(long(1));
                exif.extend(short(value));
                exif.extend([0, 0]);
            }
            bytes.extend(b"\xff\xe1");
            bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
            bytes.extend(exif);
        }
        bytes.extend(b"\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x02\xff\xd9");
        bytes
    }

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), kind.as_slice(), content].concat()
    }

    fn track(width: u32, height: u32, turned: bool) -> Vec<u8> {
        let one = 0x0001_0000_u32;
        let (a, b, c, d) = if turned {
            (0, one, u32::MAX - one + 1, 0)
        } else {
            (one, 0, 0, one)
        };
        let mut header = vec![0; 40];
        for n in [
            a,
            b,
            0,
            c,
            d,
            0,
            0,
            0,
            0x4000_0000,
            width << 16,
            height << 16,
        ] {
            header.extend(n.to_be_bytes());
        }
        boxed(b"trak", &boxed(b"tkhd", &header))
    }

    fn mp4(tracks: &[Vec<u8>]) -> Vec<u8> {
        let moov = boxed(b"moov", &tracks.concat());
        [
            boxed(b"ftyp", b"mp42\0\0\0\0isommp42"),
            boxed(b"mdat", &[7; 90]),
            moov,
        ]
        .concat()
    }

    #[test]
    fn pictures_and_films_have_the_size_they_are_shown_in() {
        let sound = track(0, 0, false);
        for (what, bytes, expected) in [
            ("PNG", png(300, 400), Some((300, 400))),
            ("PNG without pixels", png(0, 400), None),
            ("PNG larger than anything", png(4_000_000, 4), None),
            ("JPEG", jpeg(None), Some((640, 480))),
            ("JPEG, upright", jpeg(Some((b"II", 1))), Some((640, 480))),
            (
                "JPEG, upside down",
                jpeg(Some((b"MM", 3))),
                Some((640, 480)),
            ),
            ("JPEG, turned", jpeg(Some((b"II", 6))), Some((480, 640))),
            (
                "JPEG, turned, the other order of bytes",
                jpeg(Some((b"MM", 8))),
                Some((480, 640)),
            ),
            ("JPEG, cut off", jpeg(Some((b"MM", 8)))[..20].to_vec(), None),
            (
                "MP4",
                mp4(&[sound.clone(), track(1280, 720, false)]),
                Some((1280, 720)),
            ),
            (
                "MP4, turned",
                mp4(&[track(1280, 720, true)]),
                Some((720, 1280)),
            ),
            ("MP4, sound alone", mp4(&[sound]), None),
            (
                "MP4, cut off",
                mp4(&[track(1280, 720, false)])[..150].to_vec(),
                None,
            ),
            ("nothing", Vec::new(), None),
            ("text", b"Zwei Br\xc3\xb6tchen, bitte.".to_vec(), None),
        ] {
            assert_eq!(frame(&bytes), expected, "{what}");
        }
    }

    #[test]
    fn no_bytes_are_too_odd() {
        for whole in [
            jpeg(Some((b"II", 6))),
            mp4(&[track(1280, 720, true)]),
            png(3, 4),
        ] {
            for at in 0..whole.len() {
                let _ = frame(&whole[..at]);
                for odd in [0, 1, 0x7f, 0xff] {
                    let mut bytes = whole.clone();
                    bytes[at] = odd;
                    let _ = frame(&bytes);
                }
            }
        }
    }
}
