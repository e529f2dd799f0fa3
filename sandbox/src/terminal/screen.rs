//! The state of a terminal's screen, and the URLs that lead from one screen to the next.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::link;
use crate::page::Language;
use crate::payment_intent::{Closed, Intent, Standing};
use crate::world::World;

/// A device to which a card can be held, by the parameter of the page's path.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Parameter")]
pub(crate) enum Device {
    /// A terminal, by its code.
    Terminal(String),
    /// Compago's app, opened for one intent.
    App(String),
}

#[derive(Deserialize)]
struct Parameter {
    code: Option<String>,
    id: Option<String>,
}

impl From<Parameter> for Device {
    fn from(Parameter { code, id }: Parameter) -> Self {
        match code {
            Some(code) => Self::Terminal(code),
            None => Self::App(id.unwrap_or_default()),
        }
    }
}

impl Device {
    /// The device of a URL that belongs to no device.
    pub(crate) fn nowhere() -> Self {
        Self::Terminal(String::new())
    }

    pub(crate) fn code(&self) -> Option<String> {
        match self {
            Self::Terminal(code) => Some(code.clone()),
            Self::App(_) => None,
        }
    }

    pub(crate) fn is_known(&self, world: &World) -> bool {
        match self {
            Self::Terminal(code) => world.settings.terminals.contains(code),
            Self::App(_) => true,
        }
    }

    pub(crate) fn may_take(&self, intent: &Intent) -> bool {
        match self {
            Self::Terminal(code) => intent.terminal_code().is_none_or(|routed| routed == code),
            Self::App(id) => intent.id.to_string() == *id,
        }
    }

    pub(crate) fn path(&self) -> String {
        match self {
            Self::Terminal(code) => address_of_terminal(code),
            Self::App(id) => format!("/terminal/open/{}", link::component(id)),
        }
    }

    /// Returns the URL of the page after it has shown `seen`.
    pub(crate) fn address(&self, seen: Seen, language: Language) -> String {
        self.part("", seen, language)
    }

    /// Returns the page's own URL or that of a part below it.
    pub(crate) fn part(&self, part: &str, seen: Seen, language: Language) -> String {
        let language = language.pick(None, Some("lang=en".to_owned()));
        let query: Vec<String> = self.query(seen).into_iter().chain(language).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{part}{mark}{}", self.path(), query.join("&"))
    }

    fn query(&self, seen: Seen) -> Option<String> {
        match (self, seen) {
            // The app's path already contains its intent.
            (Self::App(_), _) | (Self::Terminal(_), Seen::Nothing) => None,
            (Self::Terminal(_), Seen::Shown(id)) => Some(format!("seen={id}")),
            (Self::Terminal(_), Seen::Picked(id)) => Some(format!("pick={id}")),
        }
    }
}

pub(crate) fn address_of_terminal(code: &str) -> String {
    format!("/terminal/{}", link::component(code))
}

/// What a page has shown before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Nothing,
    /// The screen showed it by itself.
    Shown(Uuid),
    /// A person chose it from several.
    Picked(Uuid),
}

impl Seen {
    fn id(self) -> Option<Uuid> {
        match self {
            Self::Nothing => None,
            Self::Shown(id) | Self::Picked(id) => Some(id),
        }
    }
}

/// What all screens depend on.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) world: &'a World,
    pub(crate) language: Language,
    pub(crate) now: Timestamp,
}

/// One device's screen.
pub(crate) struct Screen<'a> {
    pub(crate) device: &'a Device,
    pub(crate) context: Context<'a>,
    pub(crate) shown: Shown<'a>,
    /// The intent that the screen has shown so far and that is over; shown above the next charge.
    pub(crate) before: Option<Over<'a>>,
    /// Further intents that this terminal could charge.
    pub(crate) others: Vec<&'a Intent>,
    seen: Seen,
}

/// The screen's subject.
pub(crate) enum Shown<'a> {
    Waiting,
    Charge(&'a Intent),
    Over(Over<'a>),
}

/// An intent that can no longer be charged.
#[derive(Clone, Copy)]
pub(crate) struct Over<'a> {
    pub(crate) intent: &'a Intent,
    pub(crate) closed: Closed,
}

impl Over<'_> {
    pub(crate) fn at(&self) -> Timestamp {
        match self.closed {
            Closed::Confirmed | Closed::Cancelled => self.intent.updated_at,
            Closed::Expired => self.intent.expires_at,
        }
    }
}

impl<'a> Screen<'a> {
    /// Returns the screen; `None` for a device that does not exist. A terminal shows the intent that a person picked,
    /// else its own charge, else one for any terminal. The result of the last one that it showed remains until a person
    /// continues or a newer charge arrives.
    pub(crate) fn of(device: &'a Device, seen: Seen, context: Context<'a>) -> Option<Self> {
        let Context { world, now, .. } = context;
        let (open, last) = match device {
            Device::Terminal(code) => {
                let last = seen.id().and_then(|id| world.payment_intents.find(id));
                (world.payment_intents.open_at(code, now), last.filter(|intent| device.may_take(intent)))
            }
            Device::App(id) => {
                let intent = Uuid::try_parse(id).ok().and_then(|id| world.payment_intents.find(id))?;
                (vec![intent].into_iter().filter(|intent| is_open(intent, now)).collect(), Some(intent))
            }
        };
        if !device.is_known(world) {
            return None;
        }
        let before = last.and_then(|intent| match intent.standing(now) {
            Standing::Open => None,
            Standing::Closed(closed) => Some(Over { intent, closed }),
        });
        let picked = match seen {
            Seen::Picked(id) => open.iter().copied().find(|intent| intent.id == id),
            Seen::Nothing | Seen::Shown(_) => None,
        };
        let follows = |intent: &&Intent| before.is_none_or(|over| intent.created_at >= over.at());
        let charge = picked.or_else(|| open.iter().copied().find(follows));
        let others = open.into_iter().filter(|intent| charge.is_none_or(|charge| charge.id != intent.id)).collect();
        let (shown, before, seen) = match (charge, before) {
            (Some(intent), before) => {
                let seen = if picked.is_some() { Seen::Picked(intent.id) } else { Seen::Shown(intent.id) };
                (Shown::Charge(intent), before, seen)
            }
            (None, Some(over)) => (Shown::Over(over), None, Seen::Shown(over.intent.id)),
            (None, None) => (Shown::Waiting, None, Seen::Nothing),
        };
        Some(Self { device, context, shown, before, others, seen })
    }

    /// Returns a name that is unique to this screen.
    pub(crate) fn name(&self) -> String {
        let mut name = match &self.shown {
            Shown::Waiting => "waiting".to_owned(),
            Shown::Charge(intent) => format!("charge {} {}", intent.id, intent.declines),
            Shown::Over(over) => format!("{:?} {}", over.closed, over.intent.id).to_lowercase(),
        };
        for other in &self.others {
            name.push_str(&format!(" {}", other.id));
        }
        name
    }

    /// Returns the URL to open once the screen has changed.
    pub(crate) fn next(&self) -> String {
        self.device.address(self.seen, self.context.language)
    }

    /// Returns the URL of a part of the page, from this screen.
    pub(crate) fn part(&self, part: &str) -> String {
        self.device.part(part, self.seen, self.context.language)
    }

    /// Returns the part of the query that the language switch keeps.
    pub(crate) fn kept(&self) -> String {
        self.device.query(self.seen).map(|query| format!("&{query}")).unwrap_or_default()
    }
}

fn is_open(intent: &Intent, now: Timestamp) -> bool {
    intent.standing(now) == Standing::Open
}
