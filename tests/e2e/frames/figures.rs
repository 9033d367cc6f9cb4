//! What the probe tells, and how it is written beside the idle page.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Milliseconds between frames.
    #[serde(default)]
    gaps: Vec<f64>,
    /// Records of changes to the page, and in how many batches they came.
    #[serde(default)]
    changes: u64,
    #[serde(default)]
    batches: u64,
    #[serde(default)]
    nodes: u64,
    /// Milliseconds from a scroll to the frame after it, and from there until that frame is drawn.
    #[serde(default)]
    scripts: Vec<f64>,
    #[serde(default)]
    drawing: Vec<f64>,
    /// What the probe itself did in a frame, layout that it asked for included.
    #[serde(default)]
    probing: Vec<f64>,
    /// Milliseconds from a key to what it asked for.
    #[serde(default)]
    painted: Vec<f64>,
    /// Milliseconds from the last of many keys to the thread it led to.
    settled: Option<f64>,
    /// Frames in which a part of the conversation had been blank for more than two.
    blank: Option<u64>,
    /// Frames in which there was nothing further loaded to scroll to.
    edge: Option<u64>,
    most_messages: Option<u64>,
    screens: Option<f64>,
    /// Share of one processor, of the app and all of WebKit.
    #[serde(skip)]
    pub processor: f64,
}

/// Of the ratio to the idle page.
pub struct Limits {
    pub p95: f64,
    pub p99: f64,
}

impl Figures {
    pub fn print(&self, name: &str, idle: &Self, limits: Option<Limits>) {
        let of = |share: f64, limit: Option<f64>| {
            let (here, there) = (quantile(&self.gaps, share), quantile(&idle.gaps, share));
            let limit = limit.filter(|limit| limit.is_finite());
            let limit = limit.map_or(String::new(), |limit| format!(", limit {limit:.2}"));
            format!(
                "p{:.0} {here:.1} ms ({:.2}x{limit})",
                share * 100.0,
                here / there
            )
        };
        println!(
            "  {name}: {} frames, {}, {}, {}; {} elements, {} changes in {} batches; processor {:.0} % ({:.2}x)",
            self.gaps.len(),
            of(0.5, None),
            of(0.95, limits.as_ref().map(|limits| limits.p95)),
            of(0.99, limits.as_ref().map(|limits| limits.p99)),
            self.nodes,
            self.changes,
            self.batches,
            self.processor * 100.0,
            self.processor / idle.processor,
        );
        println!(
            "    of a frame: scripts at a scroll p50 {:.1} p95 {:.1} ms, drawing p50 {:.1} p95 {:.1} ms, probe and layout p50 {:.1} p95 {:.1} ms",
            quantile(&self.scripts, 0.5),
            quantile(&self.scripts, 0.95),
            quantile(&self.drawing, 0.5),
            quantile(&self.drawing, 0.95),
            quantile(&self.probing, 0.5),
            quantile(&self.probing, 0.95),
        );
        if let (Some(blank), Some(edge)) = (self.blank, self.edge) {
            println!(
                "    {:.0} screens; blank for more than two frames: {blank}; waiting for older messages: {edge}; at most {} messages in the page",
                self.screens.unwrap_or_default(),
                self.most_messages.unwrap_or_default()
            );
        }
        if let Some(settled) = self.settled {
            println!("    the last thread stood there {settled:.0} ms after the last key");
        }
    }

    pub fn print_painted(&self, name: &str, idle: &Self) {
        let frame = quantile(&idle.gaps, 0.5);
        let of = |share| {
            let here = quantile(&self.painted, share);
            format!(
                "p{:.0} {here:.0} ms ({:.1} idle frames)",
                share * 100.0,
                here / frame
            )
        };
        println!(
            "  {name}: {} times, {}, {}",
            self.painted.len(),
            of(0.5),
            of(0.95)
        );
    }
}

fn quantile(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
