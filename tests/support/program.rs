//! Our programs as processes of their own, which can be killed at any instant.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

/// A child has a copy of every open file of ours until it becomes its program. So whoever has a locked file open that is to
/// be free as soon as it is closed keeps others in this process from starting anything meanwhile.
static STARTING: Mutex<()> = Mutex::new(());

/// While this is held, nothing is started.
pub fn nothing_starts() -> MutexGuard<'static, ()> {
    STARTING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A program under way; killed when dropped.
pub struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    read: Vec<String>,
}

impl Program {
    /// Starts it with its output read as it comes.
    pub fn start(command: &mut Command) -> Self {
        let spawned = {
            let _alone = nothing_starts();
            let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
            piped.spawn()
        };
        let mut child =
            spawned.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let stdout = child.stdout.take().expect("stdout is a pipe");
        let (out, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let Ok(line) = line else { return };
                if out.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            stdin: child.stdin.take(),
            child,
            lines,
            read: Vec::new(),
        }
    }

    /// What `find` makes of a line, waited for.
    pub fn line<T>(&mut self, mut find: impl FnMut(&str) -> Option<T>) -> T {
        loop {
            let line = self
                .lines
                .recv_timeout(Duration::from_secs(30))
                .unwrap_or_else(|error| panic!("{error}; it has said: {:?}", self.read));
            let found = find(&line);
            self.read.push(line);
            if let Some(found) = found {
                return found;
            }
        }
    }

    /// The base URL that the relay and the platform print first.
    pub fn base_url(&mut self) -> String {
        self.line(|line| line.strip_prefix("listening on ").map(str::to_owned))
    }

    /// One line on its stdin. A program that has just been killed hears nothing.
    pub fn order(&mut self, line: &str) {
        if let Some(stdin) = &mut self.stdin {
            let _ = writeln!(stdin, "{line}").and_then(|()| stdin.flush());
        }
    }

    /// Stops it in its tracks: its connections stay open and nothing moves, until [`Program::resume`].
    pub fn suspend(&self) {
        self.signal("STOP");
    }

    pub fn resume(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let spawned = {
            let _alone = nothing_starts();
            Command::new("kill").args(["-s", name, &id]).spawn()
        };
        let done = spawned.and_then(|mut kill| kill.wait());
        assert!(done.is_ok_and(|status| status.success()), "kill -s {name}");
    }

    /// SIGKILL: no last words. Gives every whole line it had printed.
    pub fn kill(mut self) -> Vec<String> {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let mut all = std::mem::take(&mut self.read);
        all.extend(self.lines.iter());
        all
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The newest build of one of the workspace's programs, beside the running test.
///
/// Cargo only hands a test the programs of its own package.
pub fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test.ancestors().find(|folder| folder.join(name).is_file());
    folder.map(|folder| folder.join(name)).unwrap_or_else(|| {
        panic!("build {name} first: cargo build --workspace --bins");
    })
}
