//! What all requests share: the connections, the reader, what the database holds, and what was answered lately.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};

use onrecord::core::Meta;
use onrecord::questions::Overview;
use onrecord::store::Store;
use onrecord::{Engine, core};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::failure::Result;
use crate::serve::Settings;
use crate::serve::fresh::Answers;
use crate::serve::guard::Visitors;
use crate::serve::measure::Measures;
use crate::serve::pool::Pool;
use crate::serve::problem::Problem;

/// How often it is looked whether another program has written: an answer is at most so old.
const LOOKED_AT: Duration = Duration::from_millis(250);
/// What the database holds is counted again after so many times the time that it took the last time.
const REST: u32 = 20;
/// How long a text waits to be read.
const PATIENCE: Duration = Duration::from_secs(10);

/// What all requests share.
pub(crate) struct Room {
    pub(crate) settings: Settings,
    pub(crate) pool: Arc<Pool>,
    pub(crate) answers: Answers,
    pub(crate) measures: Measures,
    pub(crate) visitors: Visitors,
    /// Raised whenever another program has written.
    version: AtomicU64,
    overview: RwLock<Option<Arc<Overview>>>,
    engine: OnceLock<Engine>,
    /// One text is read at a time: it takes a core.
    reading: Arc<Semaphore>,
}

impl Room {
    pub(crate) fn new(store: Store, settings: Settings) -> Result<Self> {
        let pool = Arc::new(Pool::new(store));
        pool.open()?;
        Ok(Self {
            visitors: Visitors::new(settings.rate),
            settings,
            pool,
            answers: Answers::default(),
            measures: Measures::default(),
            version: AtomicU64::new(0),
            overview: RwLock::new(None),
            engine: OnceLock::new(),
            reading: Arc::new(Semaphore::new(1)),
        })
    }

    /// A number that is raised whenever the database has changed.
    pub(crate) fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    /// What the database holds; `None` while it is counted for the first time.
    pub(crate) fn overview(&self) -> Option<Arc<Overview>> {
        self.overview.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Counts what the database holds.
    pub(crate) fn count(&self, store: &Store) -> onrecord::Result<()> {
        let overview = Arc::new(store.overview()?);
        *self.overview.write().unwrap_or_else(PoisonError::into_inner) = Some(overview);
        self.version.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Reads a text without keeping it.
    pub(crate) async fn read(
        self: &Arc<Self>,
        text: String,
        meta: Meta,
    ) -> onrecord::Result<core::Document, Problem> {
        let turn = timeout(PATIENCE, Arc::clone(&self.reading).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(Problem::busy()) };
        let room = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || {
            let engine = match room.engine.get() {
                Some(engine) => engine,
                None => {
                    let opened = Engine::new()?;
                    room.engine.get_or_init(|| opened)
                }
            };
            let doc = engine.read(&text, meta);
            drop(turn);
            Ok(doc)
        });
        read.await.unwrap_or_else(|_| Err(Problem::bug()))
    }

    /// Watches the database from a thread of its own, until the room is gone.
    pub(crate) fn watch(self: &Arc<Self>) {
        let room = Arc::downgrade(self);
        let watching = std::thread::Builder::new().name("watch".into()).spawn(move || watch(&room));
        if let Err(error) = watching {
            tracing::error!(%error, "the database is not watched: answers may be old");
        }
    }
}

fn watch(room: &Weak<Room>) {
    let Some(store) = room.upgrade().and_then(|room| room.pool.open().ok()) else { return };
    let (mut last, mut counted_at) = (None, None);
    let mut due = Instant::now();
    while let Some(room) = room.upgrade() {
        let version = store.data_version().ok();
        if version != last {
            last = version;
            room.version.fetch_add(1, Ordering::Relaxed);
        }
        if counted_at != Some(version) && Instant::now() >= due {
            let started = Instant::now();
            if let Err(error) = room.count(&store) {
                tracing::warn!(%error, "the database cannot be counted");
            }
            counted_at = Some(version);
            due = Instant::now() + started.elapsed() * REST;
        }
        drop(room);
        std::thread::sleep(LOOKED_AT);
    }
}
