//! Sockets, and an end in good order: stop accepting, finish what is under way, close the log.

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::{JoinHandle, JoinSet},
};

use crate::{
    Config,
    config::Limits,
    log::{OpenError, SqliteLog},
    wire::{State, router},
};

/// Why a relay does not start, or did not end in good order.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Log(#[from] OpenError),
    #[error("the listening socket has no address: {0}")]
    Socket(#[from] std::io::Error),
    #[error("the relay's own task ended early")]
    Aborted(#[from] tokio::task::JoinError),
}

/// A relay at work inside this process. Dropping it stops it too, without waiting.
pub struct Running {
    address: SocketAddr,
    log: Arc<SqliteLog>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://ADDRESS`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn log(&self) -> &Arc<SqliteLog> {
        &self.log
    }

    /// Returns when everything accepted is answered, long polls included, and the database is closed.
    pub async fn stop(self) -> Result<(), ServeError> {
        self.stop.send_replace(true);
        self.task.await?;
        let log = Arc::clone(&self.log);
        tokio::task::spawn_blocking(move || log.close()).await?;
        Ok(())
    }
}

/// Opens the log and answers on `listener` until [`Running::stop`].
pub async fn start(listener: TcpListener, config: Config) -> Result<Running, ServeError> {
    let address = listener.local_addr()?;
    let limits = config.limits.clone();
    let opened = config.clone();
    let log = tokio::task::spawn_blocking(move || SqliteLog::open(&opened)).await??;
    let log = Arc::new(log);
    let (stop, stopping) = watch::channel(false);
    let router = router(State::new(Arc::clone(&log), config, stopping.clone()));
    let task = tokio::spawn(accept(listener, router, limits, stopping));
    Ok(Running {
        address,
        log,
        stop,
        task,
    })
}

/// Answers on `listener` until `shutdown` is ready.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let running = start(listener, config).await?;
    shutdown.await;
    running.stop().await
}

async fn accept(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    mut stopping: watch::Receiver<bool>,
) {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_timeout);
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let (stream, permit) = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => break,
            accepted = next(&listener, &room) => accepted,
        };
        while connections.try_join_next().is_some() {}
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let (builder, watcher) = (builder.clone(), graceful.watcher());
        connections.spawn(async move {
            let connection = builder.serve_connection(TokioIo::new(stream), service);
            // A peer that goes away in the middle is its own business.
            let _ = watcher.watch(connection).await;
            drop(permit);
        });
    }
    drop(listener);
    let finished = tokio::time::timeout(limits.shutdown_grace, graceful.shutdown()).await;
    if finished.is_err() {
        tracing::warn!(
            open = connections.len(),
            "cutting connections that did not finish"
        );
    }
    connections.shutdown().await;
}

/// The next connection, once there is room for it.
async fn next(listener: &TcpListener, room: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    loop {
        let Ok(permit) = Arc::clone(room).acquire_owned().await else {
            // Nobody closes the semaphore.
            return std::future::pending().await;
        };
        match listener.accept().await {
            Ok((stream, _)) => return (stream, permit),
            Err(error) => {
                // Out of file descriptors, mostly: others have to end first.
                tracing::warn!(kind = ?error.kind(), "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}
