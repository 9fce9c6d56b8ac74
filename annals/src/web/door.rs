//! The connections: taken in, counted, and closed again. Who opens many and says nothing costs next to nothing: when there
//! are too many, those that have waited longest without asking for anything are closed.

use super::{Site, answer, mcp};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::AbortHandle;

/// Most connections at once. A browser opens six.
const MOST: usize = 400;
/// How long the head of a request may take to come, also the next one on the same connection.
const HEAD_TO_COME: Duration = Duration::from_secs(20);
/// How long an answer may take to be read.
const TO_READ: Duration = Duration::from_secs(60);
/// How long those who are being answered are waited for when the program is told to stop.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// Bytes kept of a connection at most, where a head is as long; a longer one is refused without being read.
const BUFFER: usize = 80 * 1024;

/// What a connection does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// It is to say what it wants.
    Asks,
    /// It is being answered.
    Waits,
    /// It is to read its answer.
    Reads(Instant),
}

struct Caller {
    doing: Doing,
    task: Option<AbortHandle>,
}

/// The connections that are open, the oldest first.
#[derive(Default)]
struct Door(Mutex<BTreeMap<u64, Caller>>);

impl Door {
    fn callers(&self) -> MutexGuard<'_, BTreeMap<u64, Caller>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, number: u64, doing: Doing) {
        if let Some(caller) = self.callers().get_mut(&number) {
            caller.doing = doing;
        }
    }

    /// Closes a connection that asks for nothing, else one that does not read. Returns whether there is room.
    fn make_room(&self) -> bool {
        let mut callers = self.callers();
        if callers.len() < MOST {
            return true;
        }
        let asks = |c: &Caller| c.doing == Doing::Asks;
        let reads = |c: &Caller| matches!(c.doing, Doing::Reads(_));
        let idle = callers.iter().find(|(_, c)| asks(c)).or_else(|| callers.iter().find(|(_, c)| reads(c)));
        let Some(number) = idle.map(|(number, _)| *number) else { return false };
        close(callers.remove(&number));
        true
    }

    /// Closes connections that do not read what they asked for.
    fn sweep(&self) {
        let mut callers = self.callers();
        let is_late = |c: &Caller| matches!(c.doing, Doing::Reads(since) if since.elapsed() > TO_READ);
        let late: Vec<u64> = callers.iter().filter(|(_, c)| is_late(c)).map(|(number, _)| *number).collect();
        late.iter().for_each(|number| close(callers.remove(number)));
    }

    fn is_answering(&self) -> bool {
        self.callers().values().any(|c| c.doing != Doing::Asks)
    }
}

fn close(caller: Option<Caller>) {
    if let Some(task) = caller.and_then(|c| c.task) {
        task.abort();
    }
}

/// A place at the door, given up when the connection ends, however it ends.
struct Place {
    door: Arc<Door>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.door.callers().remove(&self.number);
    }
}

/// Connections that may wait to be taken in: with fewer, a caller among many would have to try again a second later.
const QUEUE: u32 = 4096;

/// Listens at an address.
pub(super) fn open(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Where a server ended a moment ago another may begin; on Windows this would let two listen.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// Takes connections until the program is told to stop.
pub(super) async fn keep_open(listener: TcpListener, site: Arc<Site>) {
    let door = Arc::new(Door::default());
    let mcp = mcp::Service::new(&site);
    let at_door = Arc::clone(&door);
    let taking = async move {
        let mut number = 0;
        loop {
            match listener.accept().await {
                Ok((stream, _)) if at_door.make_room() => {
                    number += 1;
                    let place = Place { door: Arc::clone(&at_door), number };
                    // Entered before it runs, so that it cannot end before it is entered.
                    let mut callers = at_door.callers();
                    let task = tokio::spawn(speak(stream, place, Arc::clone(&site), mcp.clone()));
                    callers.insert(number, Caller { doing: Doing::Asks, task: Some(task.abort_handle()) });
                }
                Ok(_) => {}
                // Out of file descriptors: connections that end give some back.
                Err(_) => {
                    at_door.make_room();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    };
    let taking = tokio::spawn(taking);
    let sweeper = Arc::clone(&door);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            sweeper.sweep();
        }
    });
    told_to_stop().await;
    taking.abort();
    let until = Instant::now() + LAST_WORDS;
    while door.is_answering() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Answers on one connection until it is closed.
async fn speak(stream: TcpStream, place: Place, site: Arc<Site>, mcp: mcp::Service) {
    let (door, number) = (Arc::clone(&place.door), place.number);
    let service = service_fn(move |asked| {
        let (site, mcp, door) = (Arc::clone(&site), mcp.clone(), Arc::clone(&door));
        async move {
            let response = answer(site, mcp, asked, || door.set(number, Doing::Waits)).await;
            door.set(number, Doing::Reads(Instant::now()));
            let end = End { door, number };
            Ok::<_, Infallible>(response.map(|body| super::exchange::keeping(body, end)))
        }
    });
    let _ = stream.set_nodelay(true);
    let mut settings = http1::Builder::new();
    settings.timer(TokioTimer::new()).header_read_timeout(HEAD_TO_COME).max_buf_size(BUFFER);
    // Whatever a caller does wrong, the connection is closed and nobody else is disturbed.
    let _ = settings.serve_connection(TokioIo::new(stream), service).await;
    drop(place);
}

/// Says, when an answer is sent, that its caller may ask again.
struct End {
    door: Arc<Door>,
    number: u64,
}

impl Drop for End {
    fn drop(&mut self) {
        self.door.set(self.number, Doing::Asks);
    }
}

/// Waits for Ctrl-C or the signal with which programs are ended.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            let interrupted = std::pin::pin!(tokio::signal::ctrl_c());
            let ended = std::pin::pin!(ended.recv());
            either(interrupted, ended).await;
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Waits for the first of two.
#[cfg(unix)]
async fn either<A: Future + Unpin, B: Future + Unpin>(mut a: A, mut b: B) {
    use std::pin::Pin;
    use std::task::Poll;
    std::future::poll_fn(move |cx| {
        if Pin::new(&mut a).poll(cx).is_ready() || Pin::new(&mut b).poll(cx).is_ready() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}
