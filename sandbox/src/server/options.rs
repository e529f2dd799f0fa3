//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use lexopt::{Error, Parser};

use crate::link;

/// The options of a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The origin of links; `http://localhost:<port>` by default.
    pub origin: Option<String>,
    /// The file in which payments and the clock's offset are saved.
    pub data: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 8788, origin: None, data: None }
    }
}

/// The command of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start the sandbox.
    Run(Options),
    /// Print [`HELP`].
    Help,
    /// Print the version.
    Version,
}

/// The text of `--help`.
pub const HELP: &str = "\
compago-sandbox: a local stand-in for Compago's API and hosted pages. No money moves.

Usage: compago-sandbox [options]

  --port <number>   port on 127.0.0.1, 0 for any free one (default 8788)
  --origin <url>    origin in the links it hands out (default http://localhost:<port>)
  --data <file>     keep payments, intents, saved cards and the clock in this file (default: memory only)
  --version         print the version
  --help            print this text

API under /api with header x-api-key: sandbox-key, checkout pages under /checkout/, card terminals under /terminal/,
control under /_sandbox/.
";

impl Command {
    /// Parses the arguments after the program's name.
    ///
    /// ```
    /// use compago_sandbox::{Command, Options};
    ///
    /// let command = Command::parse(["--port=0"]);
    /// assert_eq!(command, Ok(Command::Run(Options { port: 0, ..Options::default() })));
    /// ```
    ///
    /// # Errors
    /// One sentence about the first argument that cannot be used.
    pub fn parse(arguments: impl IntoIterator<Item: Into<OsString>>) -> Result<Self, String> {
        Self::read(Parser::from_args(arguments)).map_err(|problem| match problem {
            Error::MissingValue { option } => format!("{} needs a value.", option.unwrap_or_default()),
            Error::UnexpectedOption(option) => no_such_option(&option),
            Error::UnexpectedArgument(argument) => no_such_option(&argument.to_string_lossy()),
            Error::Custom(problem) => problem.to_string(),
            other @ (Error::UnexpectedValue { .. } | Error::ParsingFailed { .. } | Error::NonUnicodeValue(_)) => {
                format!("{other}.")
            }
        })
    }

    fn read(mut arguments: Parser) -> Result<Self, Error> {
        let mut options = Options::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(Self::Help),
                Short('V') | Long("version") => return Ok(Self::Version),
                Long("port") => options.port = port(&arguments.value()?.string()?)?,
                Long("origin") => options.origin = Some(origin(&arguments.value()?.string()?)?),
                Long("data") => options.data = Some(arguments.value()?.into()),
                Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
            }
        }
        Ok(Self::Run(options))
    }
}

fn no_such_option(name: &str) -> String {
    format!("There is no option {name}; --help lists those there are.")
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("--port must be a number from 0 to 65535, not {text:?}."))
}

fn origin(text: &str) -> Result<String, String> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    if link::is_origin(origin) {
        Ok(origin.to_owned())
    } else {
        Err(format!("--origin must be an origin such as http://localhost:8788, not {text:?}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command, String> {
        Command::parse(arguments)
    }

    #[test]
    fn reads_every_option() {
        assert_eq!(parsed(&[]), Ok(Command::Run(Options::default())));
        let all = ["--port", "0", "--origin=https://pay.example/", "--data", "a/b.json"];
        let expected =
            Options { port: 0, origin: Some("https://pay.example".to_owned()), data: Some(PathBuf::from("a/b.json")) };
        assert_eq!(parsed(&all), Ok(Command::Run(expected)));
        assert_eq!(parsed(&["--port", "1", "--help"]), Ok(Command::Help));
    }

    #[test]
    fn says_what_is_wrong() {
        for (arguments, sentence) in [
            (vec!["--port", "x"], "--port must be a number from 0 to 65535, not \"x\"."),
            (vec!["--port", "70000"], "--port must be a number from 0 to 65535, not \"70000\"."),
            (vec!["--data"], "--data needs a value."),
            (
                vec!["--origin", "pay.example"],
                "--origin must be an origin such as http://localhost:8788, not \"pay.example\".",
            ),
            (vec!["shop"], "There is no option shop; --help lists those there are."),
            (vec!["--colour"], "There is no option --colour; --help lists those there are."),
        ] {
            assert_eq!(parsed(&arguments), Err(sentence.to_owned()));
        }
    }
}
