//! What a command that failed tells the window. A refusal by the product's rules never comes here: it is an answer.

use inbox::view::{Problem, ProblemCode};
use store::StoreError;

pub type Answer<T> = Result<T, Problem>;

pub fn problem(code: ProblemCode, message: impl Into<String>) -> Problem {
    Problem {
        code,
        message: message.into(),
    }
}

pub fn not_open() -> Problem {
    problem(ProblemCode::NotOpen, "the store is not open")
}

pub fn practice_only() -> Problem {
    problem(
        ProblemCode::PracticeOnly,
        "this exists in practice mode only",
    )
}

pub fn internal(error: &dyn std::fmt::Display) -> Problem {
    problem(ProblemCode::Internal, error.to_string())
}

pub fn of_store(error: &StoreError) -> Problem {
    match error {
        StoreError::DiskFull => problem(ProblemCode::DiskFull, error.to_string()),
        error if error.is_not_found() => problem(ProblemCode::NotFound, "this is no longer there"),
        error => internal(error),
    }
}

/// Short work that touches the disk, off the threads that serve everybody.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| internal(&"a part of Guichet failed; what it was doing was undone"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_window_acts_on_has_a_code_of_its_own() {
        let gone = StoreError::Sqlite(store::no_rows());
        for (error, code) in [
            (StoreError::DiskFull, ProblemCode::DiskFull),
            (gone, ProblemCode::NotFound),
            (StoreError::InUse, ProblemCode::Internal),
        ] {
            assert_eq!(of_store(&error).code, code);
        }
    }
}
