//! One shop's desk: a home folder, a keyring and a WebDriver that opens the app there. Nothing is shared between desks.

use std::{
    collections::HashSet,
    env, fs,
    net::{TcpListener, TcpStream},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use tempfile::TempDir;

use crate::{
    Outcome,
    eventually::{PATIENCE, eventually},
    keyring::{Keyring, write_bus_configuration},
    window::Window,
};

/// What the app finds on the desk.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    pub keyring: Keyring,
    /// Further environment variables of the app.
    pub environment: Vec<(String, String)>,
}

pub struct Desk {
    session: Mutex<Session>,
    setup: Setup,
    home: TempDir,
}

/// Where the session bus writes its address, below the home folder.
const BUS: &str = "run/bus-address";

const NO_DRIVER: &str =
    "WebKitWebDriver ended five times right after its start; GUICHET_E2E_LOG=1 shows what it says";

impl Desk {
    /// Starts the keyring and the driver; the app is opened by [`Desk::open`].
    pub async fn start(setup: &Setup) -> Outcome<Self> {
        what_is_missing()?;
        let home = tempfile::tempdir()?;
        // A port can be taken between being found and being used: then the driver ends at once, and another is tried.
        for _ in 0..5 {
            if let Some(session) = Session::try_start(setup, home.path()).await? {
                return Ok(Self {
                    session: Mutex::new(session),
                    setup: setup.clone(),
                    home,
                });
            }
        }
        Err(NO_DRIVER.into())
    }

    /// Opens the app; closing the window and opening again is the same shop on the next morning.
    pub async fn open(&self) -> Outcome<Window> {
        let mut capabilities = Map::new();
        capabilities.insert(
            "webkitgtk:browserOptions".into(),
            json!({ "binary": app()?, "args": [] }),
        );
        let port = self.session().port;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .map_err(|error| format!("the app did not open its window: {error}"))?;
        Ok(Window::new(client))
    }

    /// Closes the app and waits until nothing of it touches its files any more.
    pub async fn close(&self, window: &Window) -> Outcome {
        window.close().await?;
        eventually("the app lets go of its files", PATIENCE, async || {
            Ok((!holds_files_in(&self.data())?).then_some(()))
        })
        .await
    }

    /// Opens the app again in the place of a window that was closed.
    pub async fn reopen(&self, window: &Window) -> Outcome {
        window.is_now(&self.open().await?);
        Ok(())
    }

    /// Ends the app and all around it as a power cut does, and starts what it needs again; the app itself is opened
    /// by [`Desk::reopen`].
    pub async fn cut_power(&self) -> Outcome {
        self.session().end();
        eventually("nothing of the app is left", PATIENCE, async || {
            Ok((!holds_files_in(&self.data())?).then_some(()))
        })
        .await?;
        for _ in 0..5 {
            if let Some(session) = Session::try_start(&self.setup, self.home.path()).await? {
                *self.session() = session;
                return Ok(());
            }
        }
        Err(NO_DRIVER.into())
    }

    /// Milliseconds of processor time that the app and everything of WebKit have used so far.
    pub fn processor_ms(&self) -> Outcome<f64> {
        let group = u64::from(self.session().group.id());
        let mut ticks = 0;
        for process in fs::read_dir("/proc")? {
            // Processes end while we look; what lies in /proc beside them has no such file.
            let Ok(line) = fs::read_to_string(process?.path().join("stat")) else {
                continue;
            };
            // After the name, which may hold anything: state, parent, group, and 9 further before the two times.
            let fields = line.rsplit(')').next().unwrap_or_default();
            let fields: Vec<_> = fields.split_whitespace().collect();
            let number = |at: usize| fields.get(at).and_then(|text| text.parse::<u64>().ok());
            if number(2) == Some(group) {
                ticks += number(11).unwrap_or(0) + number(12).unwrap_or(0);
            }
        }
        // Linux counts in hundredths of a second, whatever the machine.
        Ok(ticks as f64 * 10.0)
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of the session bus that the app is on.
    pub fn bus(&self) -> Outcome<String> {
        Ok(fs::read_to_string(self.home.path().join(BUS))?)
    }

    /// Where the settings of this desk's programs lie.
    pub fn config(&self) -> PathBuf {
        self.home.path().join("config")
    }

    /// Where the app of this desk keeps its files.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data/app.guichet.desktop")
    }
}

/// A bus, a keyring and a driver, which end together.
struct Session {
    /// dbus-run-session, and in its process group the bus, the driver, the app and the processes of WebKit.
    group: Child,
    port: u16,
}

impl Session {
    async fn try_start(setup: &Setup, home: &Path) -> Outcome<Option<Self>> {
        let bus = home.join("bus.conf");
        write_bus_configuration(&bus)?;
        let port = free_port()?;
        let group = Self::command(setup, home, &bus, port)?.spawn()?;
        let mut session = Self { group, port };
        let alive = eventually("WebKitWebDriver listens", PATIENCE, async || {
            if session.group.try_wait()?.is_some() {
                return Ok(Some(false));
            }
            Ok(TcpStream::connect(("127.0.0.1", port)).ok().map(|_| true))
        })
        .await?;
        Ok(alive.then_some(session))
    }

    fn command(setup: &Setup, home: &Path, bus: &Path, port: u16) -> Outcome<Command> {
        let folder = |name: &str| -> Outcome<PathBuf> {
            let path = home.join(name);
            fs::create_dir_all(&path)?;
            Ok(path)
        };
        let runtime = folder("run")?;
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700))?;

        let script = format!(
            "printf %s \"$DBUS_SESSION_BUS_ADDRESS\" >\"$HOME/{BUS}\"; {{ {}\n}} >/dev/null; exec \"$@\"",
            setup.keyring.preparation()
        );
        let mut command = Command::new("dbus-run-session");
        command
            .arg(format!("--config-file={}", bus.display()))
            .args(["--", "sh", "-c", &script, "desk", "WebKitWebDriver"])
            .arg("--host=127.0.0.1")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // Its other renderer starts sooner, but a picture of a page at rest then never comes.
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            .env("GDK_BACKEND", "x11")
            // There is no accessibility bus here: do not look for it.
            .env("NO_AT_BRIDGE", "1")
            .env("HOME", home)
            .env("XDG_DATA_HOME", folder("data")?)
            .env("XDG_CONFIG_HOME", folder("config")?)
            .env("XDG_CACHE_HOME", folder("cache")?)
            .env("XDG_RUNTIME_DIR", runtime)
            .env_remove("GNOME_KEYRING_CONTROL")
            .envs(setup.environment.iter().cloned())
            .stdin(Stdio::null())
            .process_group(0);
        if env::var_os("GUICHET_E2E_LOG").is_none() {
            command.stdout(Stdio::null()).stderr(Stdio::null());
        }
        Ok(command)
    }

    /// The whole group, at once: a driver that is killed alone leaves the app and its window behind.
    fn end(&mut self) {
        let group = format!("-{}", self.group.id());
        let _ = Command::new("kill")
            .args(["-s", "KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.group.wait();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end();
    }
}

/// Whether any process has a file in this folder open.
fn holds_files_in(folder: &Path) -> Outcome<bool> {
    for process in fs::read_dir("/proc")? {
        // Processes end while we look.
        let Ok(open) = fs::read_dir(process?.path().join("fd")) else {
            continue;
        };
        let mut targets = open
            .flatten()
            .filter_map(|fd| fs::read_link(fd.path()).ok());
        if targets.any(|target| target.starts_with(folder)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The app under test: `GUICHET_BIN`, or the one built beside this test.
fn app() -> Outcome<PathBuf> {
    let path = match env::var_os("GUICHET_BIN") {
        Some(path) => PathBuf::from(path),
        None => built()?.join("guichet"),
    };
    if path.is_file() {
        return Ok(path);
    }
    Err(format!(
        "the app is not at {}; build it with: cargo build --workspace",
        path.display()
    )
    .into())
}

/// The folder of built programs, `target/debug` as a rule: this test lies in its `deps`.
pub fn built() -> Outcome<PathBuf> {
    let test = env::current_exe()?;
    let folder = test
        .ancestors()
        .nth(2)
        .ok_or("a test program lies in a folder")?;
    Ok(folder.to_path_buf())
}

fn what_is_missing() -> Outcome {
    if env::var_os("DISPLAY").is_none() {
        return Err("there is no screen (DISPLAY is not set); run: make test-window".into());
    }
    for tool in [
        "WebKitWebDriver",
        "dbus-run-session",
        "gnome-keyring-daemon",
    ] {
        let path = env::var_os("PATH").unwrap_or_default();
        if !env::split_paths(&path).any(|folder| folder.join(tool).is_file()) {
            return Err(format!("{tool} is missing; run: src-tauri/setup.sh test").into());
        }
    }
    Ok(())
}

/// A port that nobody listens on and that no other desk of this run was given.
fn free_port() -> Outcome<u16> {
    static GIVEN: LazyLock<Mutex<HashSet<u16>>> = LazyLock::new(Mutex::default);
    loop {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        if GIVEN
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(port)
        {
            return Ok(port);
        }
    }
}
