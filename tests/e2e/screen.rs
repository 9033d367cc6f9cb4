//! A screen of one journey's own, with a keyboard and a clipboard as the X server has them: what a person
//! presses goes through the layout of the keyboard and through GTK, as WebDriver's keys do not.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::{
    Outcome,
    desk::Setup,
    eventually::{PATIENCE, eventually},
    stage::Stage,
};

pub struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    fn open() -> Outcome<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb: {error}; run: src-tauri/setup.sh test"))?;
        // It says its number once it can be used.
        let mut number = String::new();
        if let Some(said) = server.stdout.take() {
            BufReader::new(said).read_line(&mut number)?;
        }
        let display = format!(":{}", number.trim());
        let screen = Self { server, display };
        if number.trim().is_empty() {
            return Err("Xvfb ended before it had a screen".into());
        }
        Ok(screen)
    }

    /// One for the app of this stage, and how the app is started on it.
    pub fn with(stage: &Stage) -> Outcome<(Self, Setup)> {
        let screen = Self::open()?;
        let mut setup = stage.setup();
        setup.environment.push(screen.environment());
        Ok((screen, setup))
    }

    /// For the app that is to be seen on it.
    fn environment(&self) -> (String, String) {
        ("DISPLAY".into(), self.display.clone())
    }

    /// Another keyboard is plugged in: `us`, `de`, `fr`.
    pub fn keyboard(&self, layout: &str) -> Outcome {
        self.tool("setxkbmap", &[layout]).map(drop)
    }

    /// The app's window lies at the corner and has the keyboard, which without a window manager nobody gives it.
    pub fn look_at(&self, title: &str) -> Outcome {
        let found = self.tool("xdotool", &["search", "--onlyvisible", "--name", title])?;
        let window = found.lines().last().ok_or("no window has this title")?;
        self.tool(
            "xdotool",
            &["windowmove", window, "0", "0", "windowfocus", window],
        )
        .map(drop)
    }

    /// The dialog of the desktop that lies over the app, with the keyboard in it.
    async fn dialog(&self) -> Outcome<String> {
        let dialog = eventually("a dialog of the desktop opens", PATIENCE, async || {
            Ok(self.dialogs()?.pop())
        })
        .await?;
        self.tool("xdotool", &["windowfocus", "--sync", &dialog])?;
        Ok(dialog)
    }

    /// Every window that has a name and is not the app's own.
    fn dialogs(&self) -> Outcome<Vec<String>> {
        let named = |name: &str| -> Vec<String> {
            // Finding none is an error to the tool.
            let found = self.tool("xdotool", &["search", "--onlyvisible", "--name", name]);
            let found = found.unwrap_or_default();
            found.lines().map(str::to_owned).collect()
        };
        let own = named("Guichet$");
        Ok(named(".+")
            .into_iter()
            .filter(|id| !own.contains(id))
            .collect())
    }

    /// Writes where a file lies, or is to lie, into the dialog that asks for it.
    pub async fn answer_file_dialog(&self, file: &Path) -> Outcome {
        self.dialog().await?;
        // Of a suggested name only the part before its ending is marked.
        self.press(&["ctrl+a"])?;
        self.write(&file.display().to_string())?;
        self.press(&["Return"])?;
        self.until_no_dialog().await
    }

    /// Names a file that is there to the dialog that asks for one.
    pub async fn choose_in_file_dialog(&self, file: &Path) -> Outcome {
        self.dialog().await?;
        // What completes a path as it is typed may take the first Return for itself.
        let soon = PATIENCE / 5;
        for _ in 0..5 {
            self.press(&["ctrl+l", "ctrl+a"])?;
            self.write(&file.display().to_string())?;
            self.press(&["Return"])?;
            let gone = eventually("the dialog is gone", soon, async || {
                Ok(self.dialogs()?.is_empty().then_some(()))
            });
            if gone.await.is_ok() {
                break;
            }
        }
        self.until_no_dialog().await
    }

    pub async fn leave_file_dialog(&self) -> Outcome {
        self.dialog().await?;
        self.press(&["Escape"])?;
        self.until_no_dialog().await
    }

    async fn until_no_dialog(&self) -> Outcome {
        eventually("the dialog is gone", PATIENCE, async || {
            Ok(self.dialogs()?.is_empty().then_some(()))
        })
        .await?;
        self.look_at("Guichet")
    }

    /// Presses keys by their X names, together where joined by `+`.
    pub fn press(&self, keys: &[&str]) -> Outcome {
        self.tool("xdotool", &[&["key", "--delay", "30"], keys].concat())
            .map(drop)
    }

    pub fn write(&self, text: &str) -> Outcome {
        self.tool("xdotool", &["type", "--delay", "30", text])
            .map(drop)
    }

    /// Draws one stroke with the pointer, from place to place on the screen.
    pub fn draw(&self, places: &[(i32, i32)]) -> Outcome {
        let mut steps: Vec<String> = Vec::new();
        for (at, (x, y)) in places.iter().enumerate() {
            steps.extend(["mousemove".into(), x.to_string(), y.to_string()]);
            if at == 0 {
                steps.extend(["mousedown".into(), "1".into()]);
            }
            // A hand takes its time: what moves within a frame is one movement to GTK.
            steps.extend(["sleep".into(), "0.05".into()]);
        }
        steps.extend(["mouseup".into(), "1".into()]);
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        self.tool("xdotool", &steps).map(drop)
    }

    /// Puts this into the clipboard, as another program would.
    pub fn copy(&self, kind: &str, bytes: &[u8]) -> Outcome {
        let mut clipboard = self
            .command("xclip")
            .args(["-selection", "clipboard", "-target", kind, "-in"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        if let Some(mut input) = clipboard.stdin.take() {
            input.write_all(bytes)?;
        }
        // It goes on in a process of its own for as long as the screen is there.
        clipboard.wait()?;
        Ok(())
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(tool);
        command.env("DISPLAY", &self.display).stderr(Stdio::null());
        command
    }

    fn tool(&self, tool: &str, arguments: &[&str]) -> Outcome<String> {
        let done = self.command(tool).args(arguments).output();
        let done =
            done.map_err(|error| format!("{tool}: {error}; run: src-tauri/setup.sh test"))?;
        if !done.status.success() {
            return Err(format!("{tool} {arguments:?} failed").into());
        }
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
