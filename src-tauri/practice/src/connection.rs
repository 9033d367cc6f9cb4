//! Connections that can be cut: a fault that ends a connection in the middle of an answer needs the
//! socket itself, which a request handler never sees. Every accepted stream carries a [`Cut`].

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// How many bytes of an answer may still go out before the connection is reset; negative: all of them.
#[derive(Clone, Debug)]
pub struct Cut(Arc<AtomicI64>);

impl Cut {
    /// After `bytes` more bytes the peer sees a reset instead of the rest.
    pub fn after(&self, bytes: u32) {
        self.0.store(i64::from(bytes), Ordering::SeqCst);
    }

    fn left(&self) -> Option<usize> {
        usize::try_from(self.0.load(Ordering::SeqCst)).ok()
    }
}

/// What a handler learns about its connection.
#[derive(Clone, Debug)]
pub struct Caller {
    pub address: SocketAddr,
    pub cut: Cut,
}

impl Connected<IncomingStream<'_, CuttableListener>> for Caller {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        Self {
            address: *stream.remote_addr(),
            cut: stream.io().cut.clone(),
        }
    }
}

#[derive(Debug)]
pub struct CuttableListener(pub TcpListener);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            match self.0.accept().await {
                Ok((tcp, address)) => {
                    // Latency only; the platform works without it.
                    let _ = tcp.set_nodelay(true);
                    let cut = Cut(Arc::new(AtomicI64::new(-1)));
                    return (CuttableStream { tcp, cut }, address);
                }
                // Out of file descriptors, or the peer is gone already: neither ends the platform.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

#[derive(Debug)]
pub struct CuttableStream {
    tcp: TcpStream,
    cut: Cut,
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Some(left) = self.cut.left() else {
            return Pin::new(&mut self.tcp).poll_write(cx, bytes);
        };
        if left == 0 {
            // Without lingering, closing the socket sends RST instead of FIN.
            let _ = self.tcp.set_zero_linger();
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let part = &bytes[..bytes.len().min(left)];
        let written = Pin::new(&mut self.tcp).poll_write(cx, part);
        if let Poll::Ready(Ok(n)) = &written {
            self.cut.after(u32::try_from(left - n).unwrap_or(0));
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
