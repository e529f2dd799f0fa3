//! A panic, which should not be, starts the Worker anew: nothing more can be done in an instance that has panicked.
//!
//! The script of `worker-build` asks for [`worker_init_state`], and makes a new instance before the next request if it was
//! told that there must be one.

use std::panic;

use wasm_bindgen::handler::{schedule_reinit, set_on_abort};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::console;

#[wasm_bindgen(inline_js = "export const state = { criticalError: false, instanceId: 0 };")]
extern "C" {
    /// Outlives the instance.
    #[derive(Clone)]
    type State;

    #[wasm_bindgen(thread_local_v2, js_name = state)]
    static STATE: State;

    #[wasm_bindgen(method, setter, js_name = criticalError)]
    fn set_critical_error(this: &State, truth: bool);

    #[wasm_bindgen(method, getter, js_name = instanceId)]
    fn instance_id(this: &State) -> u32;

    #[wasm_bindgen(method, setter, js_name = instanceId)]
    fn set_instance_id(this: &State, id: u32);
}

/// What the script of `worker-build` looks at.
#[wasm_bindgen(js_name = "__worker_init_state")]
#[expect(unreachable_pub, reason = "only what is public can be exported to JavaScript")]
pub fn worker_init_state() -> JsValue {
    STATE.with(|state| state.into())
}

#[wasm_bindgen(start, private)]
fn start() {
    panic::set_hook(Box::new(|info| {
        console::error_2(&"Critical".into(), &info.to_string().into());
        STATE.with(|state| state.set_critical_error(true));
    }));
    set_on_abort(schedule_reinit);
    STATE.with(|state| state.set_instance_id(state.instance_id() + 1));
}
