//! The trainer's hand on the templates: their number, their state, what customers think of them.

use crate::{
    bodies,
    control::Control,
    orders::ControlError,
    template_life,
    templates::{self, Template},
};

impl Control {
    /// Adds so many generated templates, to have several pages of them.
    pub fn add_templates(&self, count: usize) {
        let mut state = self.0.state();
        let already = state.templates.len();
        state.templates.extend(templates::generated(count, already));
    }

    /// Adds or replaces a template of one's own.
    pub fn put_template(&self, mut template: Template) {
        let now = self.0.clock.now();
        let mut state = self.0.state();
        if template.id.is_empty() {
            template.id = state.fresh_number(now);
        }
        state
            .templates
            .retain(|t| t.name != template.name || t.language != template.language);
        state.templates.push(template);
    }

    /// Changes a template's state and sends the webhook: APPROVED, PAUSED, REJECTED, DISABLED, REINSTATED …
    pub fn set_template_status(
        &self,
        name: &str,
        language: &str,
        event: &str,
        reason: Option<&str>,
    ) -> Result<(), ControlError> {
        let value = {
            let mut state = self.0.state();
            templates::change_status(&mut state.templates, name, language, event, reason)
                .ok_or(ControlError::NoTemplate)?
        };
        let now = self.0.clock.now();
        self.0.send_webhook(&bodies::envelope(
            &self.0.config,
            "message_template_status_update",
            value,
            Some(now),
        ));
        Ok(())
    }

    /// So many customers block or report a template: at 2 its quality is YELLOW, at 4 RED, and it is paused for
    /// 3 hours, the next time for 6, and then disabled.
    pub fn complain(&self, name: &str, language: &str, count: usize) -> Result<(), ControlError> {
        let done = template_life::complain(&self.0, name, language, count);
        self.0.schedule.wake();
        done.ok_or(ControlError::NoTemplate)
    }

    /// From now on `free` messages of a template go out at once; the rest is `held_for_quality_assessment` until
    /// [`Self::decide_pacing`], or for an hour.
    pub fn pace(&self, name: &str, language: &str, free: usize) -> Result<(), ControlError> {
        template_life::pace(&self.0, name, language, free).ok_or(ControlError::NoTemplate)
    }

    /// Releases what is held of a template, or drops it (132015) and pauses the template.
    pub fn decide_pacing(
        &self,
        name: &str,
        language: &str,
        good: bool,
    ) -> Result<(), ControlError> {
        let now = self.0.clock.now();
        let done = template_life::decide(&self.0, name, language, Some(good), now);
        self.0.schedule.wake();
        done.ok_or(ControlError::NoTemplate)
    }

    /// Meta moves a template to another category, after so much notice (0: at once).
    pub fn recategorise(
        &self,
        name: &str,
        language: &str,
        category: &str,
        notice_ms: i64,
    ) -> Result<(), ControlError> {
        template_life::recategorise(&self.0, name, language, category, notice_ms)
            .ok_or(ControlError::NoTemplate)
    }

    /// All templates as they are now.
    pub fn templates(&self) -> Vec<Template> {
        self.0.state().templates.clone()
    }
}
