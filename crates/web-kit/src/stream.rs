//! Server-sent events: a stream that keeps itself alive, ends when the server stops, and of which
//! nobody holds too many.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use http::HeaderName;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use kernel::{Error, ErrorKind, PersonId};
use parking_lot::Mutex;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::Web;

/// Between two signs of life; proxies close what is silent for 30 seconds.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// A browser comes back by itself after this.
const RETRY: &str = "retry: 1000\n\n";
/// Then the browser comes again, and its session is looked at again.
const LIFE: Duration = Duration::from_secs(60 * 60);
/// Streams of one person at a time.
const MOST: usize = 20;

/// One event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamEvent {
    /// The cursor that a browser sends back as `Last-Event-ID`.
    pub id: Option<String>,
    /// Named events do not swap anything by themselves.
    pub name: Option<&'static str>,
    /// Usually JSON; lines are kept.
    pub data: String,
}

impl StreamEvent {
    fn written(&self) -> Bytes {
        let mut out = String::with_capacity(self.data.len() + 64);
        if let Some(id) = &self.id {
            out.push_str(&format!("id: {}\n", id.replace(['\n', '\r', '\0'], "")));
        }
        if let Some(name) = self.name {
            out.push_str(&format!("event: {name}\n"));
        }
        // A bare CR ends a line as well, so it may not stay inside one.
        for line in self.data.split(['\n', '\r']) {
            out.push_str(&format!("data: {line}\n"));
        }
        out.push('\n');
        Bytes::from(out)
    }
}

/// The open streams of each person.
#[derive(Debug, Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<PersonId, usize>>>);

/// A place for one stream; given back when dropped.
#[derive(Debug)]
pub struct StreamPlace {
    streams: Streams,
    person: PersonId,
}

impl Streams {
    /// # Errors
    /// The person holds as many streams as one may.
    pub fn take(&self, person: PersonId) -> kernel::Result<StreamPlace> {
        let mut open = self.0.lock();
        let count = open.entry(person).or_insert(0);
        if *count >= MOST {
            return Err(Error::new(ErrorKind::TooMany, "error-too-many").retry_after(30));
        }
        *count += 1;
        Ok(StreamPlace { streams: self.clone(), person })
    }

    /// All open streams, for the metrics.
    pub fn open(&self) -> usize {
        self.0.lock().values().sum()
    }
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock();
        if let Some(count) = open.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.person);
            }
        }
    }
}

/// Answers with the events until they end, the server stops or an hour has passed; then the browser
/// is told to come back and sends the last id it saw.
pub fn event_stream(web: &Web, place: StreamPlace, events: impl Stream<Item = StreamEvent> + Send + 'static) -> Response {
    let began = Instant::now();
    let mut heartbeat = interval_at(began + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let state = Open { events: Box::pin(events), heartbeat, stop: web.stop.clone(), end: began + LIFE, _place: place };
    let lines = stream::once(async { Bytes::from_static(RETRY.as_bytes()) })
        .chain(stream::unfold(Some(state), step))
        .map(Ok::<_, std::convert::Infallible>);
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        (CACHE_CONTROL, "no-store"),
        // nginx would collect the events otherwise.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, Body::from_stream(lines)).into_response()
}

struct Open<S> {
    events: std::pin::Pin<Box<S>>,
    heartbeat: tokio::time::Interval,
    stop: CancellationToken,
    end: Instant,
    _place: StreamPlace,
}

/// The next bytes; without a state the stream is over.
async fn step<S: Stream<Item = StreamEvent>>(open: Option<Open<S>>) -> Option<(Bytes, Option<Open<S>>)> {
    let mut open = open?;
    tokio::select! {
        biased;
        () = open.stop.cancelled() => Some((goodbye(), None)),
        () = sleep_until(open.end) => Some((goodbye(), None)),
        event = open.events.next() => Some(match event {
            Some(event) => (event.written(), Some(open)),
            None => (goodbye(), None),
        }),
        _ = open.heartbeat.tick() => Some((Bytes::from_static(b":\n\n"), Some(open))),
    }
}

fn goodbye() -> Bytes {
    StreamEvent { id: None, name: Some("reconnect"), data: String::new() }.written()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;
    use kernel::{SeededEntropy, SystemClock};

    fn web() -> Web {
        let url = "http://desk.example".parse().unwrap();
        Web::new(Arc::new(SystemClock), Arc::new(SeededEntropy::new(1)), url).unwrap()
    }

    async fn text(response: Response) -> String {
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn events_are_written_line_by_line_and_the_end_is_said() {
        let streams = Streams::default();
        let event = StreamEvent { id: Some("1.0\n.7".into()), name: Some("patch"), data: "a\rb\nevent: x".into() };
        let response = event_stream(&web(), streams.take(PersonId::new(1)).unwrap(), stream::iter([event]));
        assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
        assert_eq!(
            text(response).await,
            "retry: 1000\n\nid: 1.0.7\nevent: patch\ndata: a\ndata: b\ndata: event: x\n\nevent: reconnect\ndata: \n\n"
        );
        assert_eq!(streams.open(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_stream_beats_and_ends_when_the_server_stops_or_an_hour_is_over() {
        let (web, streams) = (web(), Streams::default());
        let silent = |streams: &Streams| event_stream(&web, streams.take(PersonId::new(1)).unwrap(), stream::pending());
        let hour = text(silent(&streams)).await;
        assert_eq!(hour.matches(":\n\n").count(), 143, "each 25 seconds");
        let open = tokio::spawn(text(silent(&streams)));
        tokio::time::sleep(Duration::from_secs(60)).await;
        web.stop.cancel();
        let said = open.await.unwrap();
        assert!(said.ends_with("event: reconnect\ndata: \n\n") && said.matches(":\n\n").count() == 2, "{said}");
    }

    #[test]
    fn nobody_holds_all_the_streams() {
        let streams = Streams::default();
        let held: Vec<_> = (0..MOST).map(|_| streams.take(PersonId::new(1)).unwrap()).collect();
        assert_eq!(streams.take(PersonId::new(1)).unwrap_err().kind(), ErrorKind::TooMany);
        let _other = streams.take(PersonId::new(2)).unwrap();
        drop(held);
        assert_eq!(streams.open(), 1);
        assert!(streams.take(PersonId::new(1)).is_ok());
    }
}
