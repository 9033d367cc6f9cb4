//! Chance that repeats itself: the same seed gives the same run on every machine.

/// SplitMix64: small, fast, and good enough to shuffle tests with.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 up to, not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next_u64() % end.max(1) as u64) as usize
    }

    /// 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn chance(&mut self, of: f64) -> bool {
        self.unit() < of
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

/// Ranks 0, 1, 2 … of which rank k comes up in proportion to 1 / (k + 1)^s.
#[derive(Debug, Clone)]
pub struct Zipf(Vec<f64>);

impl Zipf {
    pub fn new(ranks: usize, s: f64) -> Self {
        let mut sum = 0.0;
        let mut upto: Vec<f64> = (1..=ranks)
            .map(|k| {
                sum += (k as f64).powf(-s);
                sum
            })
            .collect();
        for share in &mut upto {
            *share /= sum;
        }
        Self(upto)
    }

    pub fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit();
        self.0
            .partition_point(|&upto| upto <= at)
            .min(self.0.len() - 1)
    }
}

/// A seed for a run that nobody chose one for: from the variable, else from the process id.
pub fn seed_from(variable: &str) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| Random::new(u64::from(std::process::id())).next_u64() % 1_000_000)
}
