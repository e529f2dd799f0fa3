//! The states of Mexico by their codes, names and aliases.

use compago::value::StateCode;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_thirty_two_states_have_codes_and_names_of_their_own() {
    assert_eq!(StateCode::ALL.len(), 32);
    for (at, state) in StateCode::ALL.iter().enumerate() {
        assert_eq!(state.code().parse::<StateCode>(), Ok(*state));
        assert_eq!(compago::json::to_string(state), format!("\"{}\"", state.code()));
        for other in &StateCode::ALL[..at] {
            assert!(other.code() != state.code() && other.name() != state.name());
        }
    }
}

/// All aliases; each belongs to one state only.
const ALIASES: &[(&str, &[&str])] = &[
    ("AGU", &["Ags.", "aguascalientes", "MX-AGU"]),
    ("BCN", &["B.C.", "BC", "Baja California", "MX-BCN"]),
    ("BCS", &["B.C.S.", "baja california sur", "MX-BCS"]),
    ("CAM", &["Camp.", "CAMPECHE", "MX-CAM"]),
    ("CHP", &["Chis.", "chiapas", "MX-CHP"]),
    ("CHH", &["Chih.", "chihuahua", "MX-CHH"]),
    (
        "CDMX",
        &[
            "cdmx",
            "CDMX ",
            "CD-MX",
            "CMX",
            "MX-CMX",
            "mx-cmx",
            "MX-CDMX",
            "DIF",
            "D.F.",
            "Distrito Federal",
            "Mexico City",
        ],
    ),
    ("CDMX", &["Ciudad de México", "ciudad de mexico", "CIUDAD DE MÉXICO", "Ciudad de Me\u{301}xico", "\u{FEFF}CDMX"]),
    ("COA", &["Coah.", "Coahuila", "Coahuila de Zaragoza", "MX-COA"]),
    ("COL", &["Col.", "colima", "MX-COL"]),
    ("DUR", &["Dgo.", "durango", "MX-DUR"]),
    ("MEX", &["Edomex", "Edo. Méx.", "Edo. de México", "Edo. de Méx.", "Estado de Mexico", "mex", "MX-MEX"]),
    ("GUA", &["Gto.", "GTO", "guanajuato", "MX-GUA"]),
    ("GRO", &["Gro.", "guerrero", "MX-GRO"]),
    ("HID", &["Hgo.", "hidalgo", "MX-HID"]),
    ("JAL", &["Jal.", "jalisco", "MX-JAL"]),
    ("MIC", &["Mich.", "Michoacán", "michoacan", "Michoacán de Ocampo", "MX-MIC"]),
    ("MOR", &["Mor.", "morelos", "MX-MOR"]),
    ("NAY", &["Nay.", "nayarit", "MX-NAY"]),
    ("NLE", &["NL", "N.L.", "nle", "Nuevo León", "nuevo leon", "MX-NLE"]),
    ("OAX", &["Oax.", "oaxaca", "MX-OAX"]),
    ("PUE", &["Pue.", "puebla", "MX-PUE"]),
    ("QUE", &["QRO", "Qro.", "Querétaro", "queretaro", "Querétaro de Arteaga", "MX-QUE"]),
    ("ROO", &["Q.R.", "Q. Roo", "QROO", "quintana roo", "MX-ROO"]),
    ("SLP", &["S.L.P.", "San Luis Potosí", "san luis potosi", "MX-SLP"]),
    ("SIN", &["Sin.", "sinaloa", "MX-SIN"]),
    ("SON", &["Son.", "sonora", "MX-SON"]),
    ("TAB", &["Tab.", "tabasco", "MX-TAB"]),
    ("TAM", &["Tamps.", "tamaulipas", "MX-TAM"]),
    ("TLA", &["Tlax.", "tlaxcala", "MX-TLA"]),
    ("VER", &["Ver.", "veracruz", "Veracruz de Ignacio de la Llave", "MX-VER"]),
    ("YUC", &["Yuc.", "Yucatán", "yucatan", "MX-YUC"]),
    ("ZAC", &["Zac.", "zacatecas", "MX-ZAC"]),
];

#[test]
fn a_state_is_known_by_its_common_names() {
    for state in StateCode::ALL {
        let spelt = [state.code(), state.name()].into_iter().chain(state.aliases().iter().copied());
        for text in spelt {
            for text in [text.to_owned(), text.to_lowercase(), text.to_uppercase(), format!(" {text}\u{A0}")] {
                assert_eq!(text.parse::<StateCode>(), Ok(*state), "{text}");
            }
        }
        assert!(ALIASES.iter().any(|(code, _)| *code == state.code()), "{state}");
    }
    for (code, names) in ALIASES {
        for name in *names {
            assert_eq!(name.parse::<StateCode>().map(StateCode::code), Ok(*code), "{name}");
        }
    }
}

#[test]
fn no_name_means_two_states() {
    let bare = |name: &str| -> String {
        name.chars().filter(|letter| !" .-".contains(*letter)).collect::<String>().to_uppercase()
    };
    let mut seen: Vec<String> = Vec::new();
    for state in StateCode::ALL {
        let mut names = vec![state.code().to_owned(), bare(state.name())];
        names.extend(state.aliases().iter().map(|alias| (*alias).to_owned()));
        // A code that equals the name, or the reverse, would be counted twice.
        assert!(names.iter().all(|name| !seen.contains(name)), "{names:?}");
        assert!(state.aliases().iter().all(|alias| alias.bytes().all(|byte| byte.is_ascii_uppercase())), "{state}");
        seen.extend(names);
    }
    seen.sort();
    let count = seen.len();
    seen.dedup();
    assert_eq!(seen.len(), count, "each once");
    for text in
        ["", " ", "MX", "MX-", "México", "CL", "CM", "MC", "SL", "CHI", "California", "BAJA", "TX", "NLEX", "MX-MX-NLE"]
    {
        assert!(text.parse::<StateCode>().is_err(), "{text}");
    }
}

#[test]
fn the_codes_that_are_easily_confused_are_right() {
    for (code, name) in [
        ("CHP", "Chiapas"),
        ("CHH", "Chihuahua"),
        ("COA", "Coahuila"),
        ("COL", "Colima"),
        ("GUA", "Guanajuato"),
        ("GRO", "Guerrero"),
        ("MEX", "Estado de México"),
        ("CDMX", "Ciudad de México"),
        ("BCN", "Baja California"),
        ("BCS", "Baja California Sur"),
        ("TAB", "Tabasco"),
        ("TAM", "Tamaulipas"),
    ] {
        assert_eq!(code.parse::<StateCode>().unwrap().name(), name);
    }
}
