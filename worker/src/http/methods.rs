//! The methods of the API's paths.

/// The methods that a path has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Methods {
    Read,
    Post,
    ReadOrPost,
    ReadOrDelete,
    ReadPostOrDelete,
}

impl Methods {
    /// As the header `Allow` names them.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "GET, HEAD",
            Self::Post => "POST",
            Self::ReadOrPost => "GET, HEAD, POST",
            Self::ReadOrDelete => "GET, HEAD, DELETE",
            Self::ReadPostOrDelete => "GET, HEAD, POST, DELETE",
        }
    }
}

/// Returns the route of a path that is read.
///
/// # Errors
/// The methods that the path has instead.
pub(crate) fn get<T>(method: &str, route: T) -> Result<T, Methods> {
    if matches!(method, "GET" | "HEAD") { Ok(route) } else { Err(Methods::Read) }
}

/// Returns the route of a path that changes something.
///
/// # Errors
/// The methods that the path has instead.
pub(crate) fn post<T>(method: &str, route: T) -> Result<T, Methods> {
    if method == "POST" { Ok(route) } else { Err(Methods::Post) }
}

/// Returns the route of a path that is read as one route and changed as another.
///
/// # Errors
/// The methods that the path has instead.
pub(crate) fn get_or_post<T>(method: &str, got: T, posted: T) -> Result<T, Methods> {
    match method {
        "POST" => Ok(posted),
        _ => get(method, got).map_err(|_| Methods::ReadOrPost),
    }
}
