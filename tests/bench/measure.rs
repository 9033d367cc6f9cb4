//! Ratios, not seconds: subject and limits take turns in one run, and what counts is the median of the ratios
//! of each round, with the worse end of its 95 % interval.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use support::random::Random;

/// One measured figure per round for the subject and for each limit, all in the same unit.
pub struct Rounds {
    pub subject: Vec<f64>,
    pub limits: Vec<(&'static str, Vec<f64>)>,
    /// Rounds taken again because the disk changed its pace.
    pub unsteady: usize,
}

/// Whether more is better, as with events per second, or less, as with milliseconds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Better {
    More,
    Less,
}

type Take<'a> = Box<dyn FnMut() -> f64 + 'a>;

/// Rounds in which the disk itself changed its pace by more than this say nothing, and are taken again.
const DISK_MAY_CHANGE: f64 = 2.0;

/// A B C, then C B A, and so on. `disk`: where syncs are measured before and after each round.
pub fn take_turns(
    rounds: usize,
    disk: Option<&Path>,
    mut subject: Take<'_>,
    mut limits: Vec<(&'static str, Take<'_>)>,
) -> Rounds {
    let mut all = Rounds {
        subject: Vec::new(),
        limits: limits.iter().map(|(name, _)| (*name, Vec::new())).collect(),
        unsteady: 0,
    };
    let pace = || disk.map_or(1.0, |dir| median(&sync_times(dir, 15)));
    while all.subject.len() < rounds {
        let before = pace();
        let forward = all.subject.len().is_multiple_of(2);
        let mut figures = vec![0.0; limits.len()];
        let mut own = if forward { subject() } else { 0.0 };
        for n in 0..limits.len() {
            let at = if forward { n } else { limits.len() - 1 - n };
            figures[at] = (limits[at].1)();
        }
        if !forward {
            own = subject();
        }
        let after = pace();
        if before.max(after) > DISK_MAY_CHANGE * before.min(after) && all.unsteady < rounds {
            all.unsteady += 1;
            continue;
        }
        all.subject.push(own);
        for (figure, (_, column)) in figures.into_iter().zip(&mut all.limits) {
            column.push(figure);
        }
    }
    all
}

impl Rounds {
    /// Prints the subject beside every limit; `goal` is about the least of the limits where more is better,
    /// else about their sum.
    pub fn print(&self, name: &str, unit: &str, better: Better, goal: Option<f64>) {
        let shares: Vec<String> = self
            .limits
            .iter()
            .map(|(n, f)| format!("{n} {}", figure(median(f))))
            .collect();
        let ratios: Vec<f64> = (0..self.subject.len())
            .map(|round| {
                let limits = self.limits.iter().map(|(_, figures)| figures[round]);
                let limit = match better {
                    Better::More => limits.fold(f64::INFINITY, f64::min),
                    Better::Less => limits.sum(),
                };
                self.subject[round] / limit
            })
            .collect();
        let (low, high) = interval(&ratios);
        let (sign, bad) = match better {
            Better::More => ("≥", low),
            Better::Less => ("≤", high),
        };
        let met = |goal: f64| match better {
            Better::More => low >= goal,
            Better::Less => high <= goal,
        };
        let verdict = match goal {
            Some(goal) => format!(
                ", goal {sign} {goal:.2}: {}",
                if met(goal) { "met" } else { "MISSED" }
            ),
            None => String::new(),
        };
        let unsteady = match self.unsteady {
            0 => String::new(),
            n => format!(" ({n} rounds taken again)"),
        };
        println!(
            "{name:46} {:>8} {unit:3} beside {}: ratio {:.2}, bad end {bad:.2}{verdict}{unsteady}",
            figure(median(&self.subject)),
            shares.join(", "),
            median(&ratios)
        );
    }
}

fn figure(x: f64) -> String {
    match x {
        x if x >= 100.0 => format!("{x:.0}"),
        x if x >= 1.0 => format!("{x:.2}"),
        x => format!("{x:.4}"),
    }
}

pub fn median(figures: &[f64]) -> f64 {
    quantile(figures, 0.5)
}

pub fn quantile(figures: &[f64], q: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * q).round() as usize]
}

/// Bootstrap of the median, 95 %.
fn interval(figures: &[f64]) -> (f64, f64) {
    let mut random = Random::new(1);
    let medians: Vec<f64> = (0..2_000)
        .map(|_| {
            let drawn: Vec<f64> = figures
                .iter()
                .map(|_| figures[random.below(figures.len())])
                .collect();
            median(&drawn)
        })
        .collect();
    (quantile(&medians, 0.025), quantile(&medians, 0.975))
}

pub fn per_second(n: usize, took: Duration) -> f64 {
    n as f64 / took.as_secs_f64()
}

pub fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// Milliseconds of each of `n` runs.
pub fn each(n: usize, mut work: impl FnMut(usize)) -> Vec<f64> {
    (0..n)
        .map(|at| {
            let begun = Instant::now();
            work(at);
            ms(begun.elapsed())
        })
        .collect()
}

/// L-sync: a 4 KiB append and its sync, in milliseconds.
pub fn sync_times(dir: &Path, n: usize) -> Vec<f64> {
    use std::io::Write;
    let mut file = std::fs::File::create(dir.join("sync")).expect("a file");
    let page = [7u8; 4096];
    each(n, |_| {
        file.write_all(&page).expect("a write");
        file.sync_data().expect("a sync");
    })
}
