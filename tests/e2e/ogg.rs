//! A voice note of silence, made here: Opus in Ogg, as WhatsApp sends them (RFC 3533, RFC 7845).

const RATE: u32 = 48_000;
/// One packet of silence, 20 ms long.
const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];
const SAMPLES: u64 = 960;
const PRE_SKIP: u16 = 312;
/// A page holds fewer packets than it may.
const PER_PAGE: usize = 50;

/// So many seconds of it.
pub fn silence(seconds: u64) -> Vec<u8> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(PRE_SKIP.to_le_bytes());
    head.extend(RATE.to_le_bytes());
    head.extend([0, 0, 0]);
    let mut tags = b"OpusTags".to_vec();
    tags.extend([4, 0, 0, 0]);
    tags.extend(b"none");
    tags.extend([0, 0, 0, 0]);
    let mut file = page(0, 2, 0, &[&head]);
    file.extend(page(1, 0, 0, &[&tags]));

    let packets = (seconds * u64::from(RATE) / SAMPLES) as usize;
    let mut done = 0;
    for number in 2.. {
        let some = PER_PAGE.min(packets - done);
        done += some;
        let last = done == packets;
        let position = done as u64 * SAMPLES + if last { u64::from(PRE_SKIP) } else { 0 };
        let packets = vec![&SILENCE[..]; some];
        file.extend(page(number, if last { 4 } else { 0 }, position, &packets));
        if last {
            break;
        }
    }
    file
}

fn page(number: u32, kind: u8, position: u64, packets: &[&[u8]]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(kind);
    page.extend(position.to_le_bytes());
    page.extend(7_u32.to_le_bytes());
    page.extend(number.to_le_bytes());
    page.extend([0; 4]);
    page.push(packets.len() as u8);
    page.extend(packets.iter().map(|packet| packet.len() as u8));
    page.extend(packets.concat());
    let sum = checksum(&page);
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

/// Ogg's own: CRC-32 with the polynomial 0x04c11db7, not mirrored, from 0.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            if sum & 0x8000_0000 == 0 {
                sum << 1
            } else {
                (sum << 1) ^ 0x04c1_1db7
            }
        })
    })
}
