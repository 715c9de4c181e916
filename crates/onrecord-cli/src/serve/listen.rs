//! Taking in connections, as many as can be held, none for ever; and going when told to.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::{Request, server};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::failure::{Failure, Result};
use crate::serve::room::Room;

/// How many connections are held at once, if the system lets a process have so many files; the next wait in its queue.
const CONNECTIONS: usize = 12_000;
/// How many files are left for the database.
const FILES: usize = 128;
/// How long the head of a request may take, from a connection's start or the end of the request before: a reader who
/// sends one byte now and then does not hold a connection for ever.
const HEAD: Duration = Duration::from_secs(15);
/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// How long requests that are being answered may go on when the room closes.
const CLOSING: Duration = Duration::from_secs(10);
/// How long to wait when the system has no more connections to give.
const NONE_LEFT: Duration = Duration::from_millis(100);

/// Listens until Ctrl-C or a request to end.
pub(crate) async fn listen(room: &Arc<Room>, router: Router) -> Result<()> {
    let wanted = SocketAddr::new(room.settings.host, room.settings.port);
    let listener = TcpListener::bind(wanted).await.map_err(|error| cannot_listen(wanted, &error))?;
    let at = listener.local_addr()?;
    room.watch();
    // Before anybody hears where to find the room, so that nobody can close it the hard way.
    let mut closing = std::pin::pin!(told_to_close()?);
    let greeting = format!("the reading room is open at http://{at}; press Ctrl-C to close it\n");
    io::stdout().write_all(greeting.as_bytes())?;
    io::stdout().flush()?;
    tracing::info!(address = %at, "open");

    let seats = Arc::new(Semaphore::new(most_connections()));
    let graceful = GracefulShutdown::new();
    loop {
        let seat = tokio::select! {
            seat = Arc::clone(&seats).acquire_owned() => seat,
            () = &mut closing => break,
        };
        let (stream, from) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection cannot be taken");
                    tokio::time::sleep(NONE_LEFT).await;
                    continue;
                }
            },
            () = &mut closing => break,
        };
        let connection = graceful.watch(connection(stream, from, &router));
        let room = Arc::clone(room);
        tokio::spawn(async move {
            room.measures.connected(1);
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            room.measures.connected(-1);
            drop(seat);
        });
    }
    drop(listener);
    tracing::info!("closing");
    if tokio::time::timeout(CLOSING, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not answered to the end");
    }
    Ok(())
}

/// How many connections can be held so that the database can still be read: each is a file to the system.
fn most_connections() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    files.map_or(CONNECTIONS, |files| files.saturating_sub(FILES).clamp(FILES, CONNECTIONS))
}

type Connection = server::conn::http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Service>>;
type Service =
    tower::util::BoxCloneSyncService<Request<Incoming>, axum::response::Response, std::convert::Infallible>;

fn connection(stream: TcpStream, from: SocketAddr, router: &Router) -> Connection {
    // Answers are sent whole: waiting for more only makes them late.
    drop(stream.set_nodelay(true));
    let router = router.clone();
    let service = tower::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        router.clone().oneshot(request.map(axum::body::Body::new))
    });
    server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(Service::new(service)))
}

fn cannot_listen(at: SocketAddr, error: &io::Error) -> Failure {
    Failure::Told(match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("{at} is taken: close what listens there, or give another --port")
        }
        io::ErrorKind::PermissionDenied => {
            format!("{at} may not be listened at: give a --port of 1024 or more")
        }
        io::ErrorKind::AddrNotAvailable => format!("{at} is no address of this machine: give another --host"),
        _ => format!("{at} cannot be listened at: {error}"),
    })
}

/// Ends when somebody presses Ctrl-C or asks the process to end. They are heeded from this call on, not only once
/// somebody waits.
#[cfg(unix)]
fn told_to_close() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut end = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = end.recv() => {}
        }
    })
}

/// Ends when somebody presses Ctrl-C. It is heeded from this call on, not only once somebody waits.
#[cfg(windows)]
fn told_to_close() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
