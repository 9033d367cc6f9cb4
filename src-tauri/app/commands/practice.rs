//! The practice banner: writing as a customer, and setting the clock.

use super::TheShell;
use crate::{
    practice_mode::PracticeCustomer,
    problem::{Answer, internal},
    shell::Shell,
};

/// No training takes longer at one go.
const LONGEST_JUMP: i64 = 365 * 24 * 60 * 60 * 1000;
const FASTEST: f64 = 3600.0;

#[tauri::command]
pub async fn practice_customers(shell: TheShell<'_>) -> Answer<Vec<PracticeCustomer>> {
    Ok(shell.session()?.stage()?.customers())
}

#[tauri::command]
pub async fn practice_write(shell: TheShell<'_>, customer_id: String, text: String) -> Answer<()> {
    shell.session()?.stage()?.write_as(&customer_id, text)
}

/// Forward only: back in time no window would make sense.
#[tauri::command]
pub async fn practice_jump(shell: TheShell<'_>, ms: i64) -> Answer<()> {
    if !(0..=LONGEST_JUMP).contains(&ms) {
        return Err(internal(
            &"the practice clock goes forward only, by a year at most",
        ));
    }
    shell.move_practice_clock(ms, None)
}

#[tauri::command]
pub async fn practice_speed(shell: TheShell<'_>, speed: f64) -> Answer<()> {
    if !(1.0..=FASTEST).contains(&speed) {
        return Err(internal(&"the practice clock runs 1 to 3600 times as fast"));
    }
    shell.move_practice_clock(0, Some(speed))
}

impl Shell {
    fn move_practice_clock(&self, ms: i64, speed: Option<f64>) -> Answer<()> {
        let session = self.session()?;
        session.stage()?.move_clock(ms, speed)?;
        self.tell_clock(session.desk.clock_view());
        session.desk.clock_was_set();
        session.leave();
        Ok(())
    }
}
