//! The part of a desktop that shows notices, on the session bus of one journey: it keeps what it is told and clicks.
//! After freedesktop.org, "Desktop Notifications Specification".

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use zbus::{
    blocking::{Connection, connection},
    interface,
    zvariant::OwnedValue,
};

use crate::{
    Outcome,
    desk::Desk,
    eventually::{PATIENCE, eventually},
};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: u32,
    pub title: String,
    pub body: String,
    /// Its names alone, without what stands on the buttons.
    pub actions: Vec<String>,
}

#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<Shown>>>);

impl Server {
    fn shown(&self) -> MutexGuard<'_, Vec<Shown>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[allow(clippy::too_many_arguments, reason = "so many the specification has")]
    fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut shown = self.shown();
        let id = shown.len() as u32 + 1;
        shown.push(Shown {
            id,
            title: summary.into(),
            body: body.into(),
            actions: actions.into_iter().step_by(2).collect(),
        });
        id
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup"].map(Into::into).to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let [name, vendor, version, specification] = ["journey", "guichet", "1", "1.2"];
        (
            name.into(),
            vendor.into(),
            version.into(),
            specification.into(),
        )
    }
}

pub struct Notices {
    server: Server,
    bus: Connection,
}

impl Notices {
    /// Shows notices on this desk from now on.
    pub async fn on(desk: &Desk) -> Outcome<Self> {
        let address = desk.bus()?;
        tokio::task::spawn_blocking(move || {
            let server = Server::default();
            let bus = connection::Builder::address(address.as_str())?
                .serve_at(PATH, server.clone())?
                .name(NAME)?
                .build()?;
            Ok(Self { server, bus })
        })
        .await?
    }

    /// Everything that was shown, once it is so many.
    pub async fn shown(&self, count: usize) -> Outcome<Vec<Shown>> {
        eventually(
            &format!("{count} notices are shown"),
            PATIENCE,
            async || {
                let shown = self.server.shown().clone();
                if shown.len() == count {
                    return Ok(Some(shown));
                }
                Err(format!("these are: {shown:?}").into())
            },
        )
        .await
    }

    /// Whether anybody on this bus goes by that name.
    pub async fn beside(&self, name: &'static str) -> Outcome<bool> {
        let bus = self.bus.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let (bus_name, path) = ("org.freedesktop.DBus", "/org/freedesktop/DBus");
            bus.call_method(Some(bus_name), path, Some(bus_name), "NameHasOwner", &name)
        });
        Ok(asked.await??.body().deserialize()?)
    }

    /// Somebody clicks on it.
    pub async fn click(&self, notice: &Shown) -> Outcome {
        let (bus, id) = (self.bus.clone(), notice.id);
        tokio::task::spawn_blocking(move || {
            bus.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(id, "default"))
        })
        .await??;
        Ok(())
    }
}
