//! Which numbers the shop answers from: more of them, and one less. Either way the open store stays open.

use super::Shell;
use crate::{
    access::Access,
    problem::{Answer, blocking, internal, not_open},
};
use cloud_api::client::{CallError, Client};
use inbox::view::{NumberRemoval, Problem, Profile, Provider, StartState};

impl Shell {
    /// Connects the shop's numbers, after Meta has confirmed that each can be spoken for.
    pub async fn connect_shop(&self, mut access: Access) -> Answer<StartState> {
        let mut door = self.door.lock().await;
        let client = access.client()?;
        access.account.display = displayed(&client).await?;
        for other in &mut access.account.others {
            other.display = displayed(&client.with_number(&other.phone_number_id)).await?;
        }
        access.feed()?;
        // Without it no customer's word would ever arrive; done twice it changes nothing.
        if access.provider == Provider::Meta
            && let Err(error) = client.subscribe().await
        {
            tracing::warn!(%error, "the account's webhooks could not be subscribed to");
        }
        door.access = Some(access);
        Ok(self.open(&mut door, Profile::Shop).await)
    }

    /// Takes one of the shop's numbers away: from now on nothing is sent from it, and what waited to be sent is a
    /// draft again. Its conversations stay; connected once more, it is as before.
    pub async fn remove_number(&self, phone_number_id: String) -> Answer<NumberRemoval> {
        let mut door = self.door.lock().await;
        let session = self.session()?;
        if session.profile != Profile::Shop {
            return Err(not_open());
        }
        let (store, key) = (session.desk.store.clone(), session.open_key.clone());
        let folder = self.folder(&door).ok_or_else(not_open)?;
        let (given, secrets, kept) = (door.given.clone(), self.secrets.clone(), key.kept);
        let (at, reading) = (folder.clone(), store.clone());
        let left = blocking(move || {
            let access = match given {
                Some(given) => Some(given),
                None => Access::load(&reading, kept, &at, &secrets)?,
            };
            Ok::<_, Problem>(access.and_then(|access| access.without(&phone_number_id)))
        });
        let Some(left) = left.await?? else {
            return Ok(NumberRemoval::LastOne);
        };
        if door.given.is_some() {
            door.given = Some(left);
        } else {
            let (store, secrets) = (store.clone(), self.secrets.clone());
            blocking(move || left.save(&store, kept, &folder, &secrets)).await??;
        }
        // Until the next one runs, the inbox is still read through this one.
        session.stop().await;
        let start = self.run(&mut door, store, key).await;
        Ok(NumberRemoval::Removed { start })
    }
}

/// How a number is written, from Meta; a provider that does not say leaves it to the first webhook.
async fn displayed(client: &Client) -> Answer<String> {
    match client.phone_number().await {
        Ok(number) => Ok(number.display_phone_number),
        Err(CallError::NotOffered) => Ok(String::new()),
        Err(error) => Err(not_connected(&error)),
    }
}

/// Why the number was not connected, as far as a person at the counter can act on it.
fn not_connected(error: &CallError) -> Problem {
    internal(error)
}
