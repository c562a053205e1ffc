//! What the open vault offers a page. The rules are the core's
//! (`sigill_core::offer`, `sigill_core::site`): a page gets what is saved for
//! its own site, whatever the extension's own scripts in it ask for.

use std::cmp::Reverse;
use std::rc::Rc;

use sigill_core::id::ItemId;
use sigill_core::offer::{self, suggest};
use sigill_core::order::sorted;
use sigill_core::site::{self, Fit, Place, Suffixes};
use sigill_core::vault::item::{Field, Item, Kind};

use super::Session;
use super::items::parse;
use crate::api::{Caution, Offered, Offers, OffersFor, Savable, Saving, Slot, Submitted, Wanted};
use crate::rim::Rim;
use crate::trouble::Trouble;

/// So many items are opened for one page.
const MOST: usize = 60;

impl<R: Rim> Session<R> {
    /// What a page may be offered; nothing where its address is of no site.
    ///
    /// # Errors
    /// `locked`, `no_vault`, `damaged`.
    pub async fn offers(&self, wanted: OffersFor) -> Result<Offers, Trouble> {
        let suffixes = self.suffixes().await?;
        let Some(place) = wanted.place.parse() else {
            return Ok(Offers::none());
        };
        let proposed = self.proposed(&place, wanted.kind, &suffixes).await?;
        let fits = fitting(proposed, &place, &suffixes);
        let imitates = if fits.is_empty() && wanted.kind == Kind::Login {
            self.look(|entries| Ok(suggest::imitated(&entries.index, &place.page, &suffixes)))?
        } else {
            None
        };
        Ok(Offers {
            items: fits
                .iter()
                .map(|(id, item, fit)| offered(*id, item, *fit, &place))
                .collect(),
            imitates,
        })
    }

    /// What of an item goes into the controls of a form, field by field.
    ///
    /// # Errors
    /// `not_found` where the item isn't for that page, or something is to be
    /// said before it is filled that was not; `locked`, `no_vault`, `damaged`.
    pub async fn fillings(&self, wanted: Wanted) -> Result<Vec<Vec<String>>, Trouble> {
        let suffixes = self.suffixes().await?;
        let place = wanted.place.parse().ok_or(Trouble::NotFound)?;
        let (vault, open) = self.opened().await?;
        let item = vault.item(parse(&wanted.id)?, &open.keys)?;
        let fit = suggest::best_fit(&item, &place, &suffixes).ok_or(Trouble::NotFound)?;
        if fit.caution.map(Caution::from) != wanted.despite {
            return Err(Trouble::NotFound);
        }
        let now = self.rim.now();
        let fields = wanted.fields.into_iter().map(|wanted| {
            let slots: Vec<offer::Slot> = wanted.slots.into_iter().map(Into::into).collect();
            let texts = offer::texts(&item, wanted.field, &slots, now).unwrap_or_default();
            texts.iter().map(|text| text.to_string()).collect()
        });
        Ok(fields.collect())
    }

    /// What a submitted form is to the vault.
    ///
    /// # Errors
    /// `malformed_input` where it was sent from nowhere; `locked`, `no_vault`,
    /// `damaged`.
    pub async fn submitted(&self, submitted: &Submitted) -> Result<Saving, Trouble> {
        let (saving, logins) = self.saving(submitted).await?;
        let of = |savable, login: Option<&(ItemId, Item, Fit)>| Saving {
            savable,
            id: login.map(|(id, _, _)| id.to_string()),
            name: login.map_or_else(|| submitted.called(), |(_, item, _)| item.name.clone()),
        };
        Ok(match saving {
            offer::Saving::New => of(Savable::New, None),
            offer::Saving::Known => of(Savable::Known, None),
            offer::Saving::Update(place) => of(Savable::Update, logins.get(place)),
        })
    }

    /// Saves what was submitted; the login's name. What it replaces goes to the
    /// login's history.
    ///
    /// # Errors
    /// As [`Session::submitted`] and [`Session::save`].
    pub async fn save_submitted(&self, submitted: Submitted) -> Result<String, Trouble> {
        let (saving, logins) = self.saving(&submitted).await?;
        let id = match saving {
            offer::Saving::New | offer::Saving::Known => ItemId(self.random()?),
            offer::Saving::Update(place) => logins.get(place).ok_or(Trouble::NotFound)?.0,
        };
        if saving == offer::Saving::Known {
            return Ok(String::new());
        }
        self.change(|session, desk| {
            let now = desk.author.now;
            let item = if saving == offer::Saving::New {
                submitted.begun(now)
            } else {
                let password = |item: &mut Item| item.set(Field::Password, &submitted.password);
                desk.item(id)?.changed(now, password)
            };
            session.seal(desk, id, &item)
        })
        .await?;
        Ok(id.to_string())
    }

    /// Whether two pages are of one site.
    ///
    /// # Errors
    /// `storage_failed` where the public-suffix list isn't there.
    pub async fn are_one_site(&self, one: &str, other: &str) -> Result<bool, Trouble> {
        Ok(site::are_one_site(one, other, &*self.suffixes().await?))
    }

    async fn saving(
        &self,
        submitted: &Submitted,
    ) -> Result<(offer::Saving, Vec<(ItemId, Item, Fit)>), Trouble> {
        let suffixes = self.suffixes().await?;
        let place = submitted.place.parse().ok_or(Trouble::MalformedInput)?;
        let proposed = self.proposed(&place, Kind::Login, &suffixes).await?;
        let is_barred = |(_, item): &(ItemId, Item)| suggest::is_barred(item, &place);
        let (barred, others) = proposed.into_iter().partition::<Vec<_>, _>(is_barred);
        let logins = fitting(others, &place, &suffixes);
        let said = offer::Submitted {
            user_name: &submitted.user_name,
            password: &submitted.password,
            replaced: submitted.replaced.as_deref(),
        };
        let items: Vec<&Item> = logins.iter().map(|(_, item, _)| item).collect();
        let barred: Vec<&Item> = barred.iter().map(|(_, item)| item).collect();
        Ok((offer::saving(&said, &items, &barred), logins))
    }

    /// The items of a kind that may be a place's, opened.
    async fn proposed(
        &self,
        place: &Place,
        kind: Kind,
        suffixes: &Suffixes,
    ) -> Result<Vec<(ItemId, Item)>, Trouble> {
        let (vault, open) = self.opened().await?;
        let ids = self.look(|entries| {
            Ok(if kind == Kind::Login {
                suggest::proposed(&entries.index, &place.page, suffixes, MOST)
            } else {
                suggest::of_kind(&entries.index, kind, MOST)
            })
        })?;
        let opened = |id| Ok((id, vault.item(id, &open.keys)?));
        ids.into_iter().map(opened).collect()
    }

    /// The public-suffix list; without one nothing is offered.
    pub(crate) async fn suffixes(&self) -> Result<Rc<Suffixes>, Trouble> {
        if let Some(known) = self.suffixes.borrow().as_ref() {
            return Ok(Rc::clone(known));
        }
        let list = self.rim.suffixes().await?;
        let list = Rc::new(Suffixes::parse(list).ok_or(Trouble::StorageFailed)?);
        self.suffixes.replace(Some(Rc::clone(&list)));
        Ok(list)
    }
}

/// Those that are a place's, the closest first.
fn fitting(
    items: Vec<(ItemId, Item)>,
    place: &Place,
    suffixes: &Suffixes,
) -> Vec<(ItemId, Item, Fit)> {
    let fits = items.into_iter().filter_map(|(id, item)| {
        let fit = suggest::best_fit(&item, place, suffixes)?;
        Some((id, item, fit))
    });
    let order =
        |(_, item, fit): &(ItemId, Item, Fit)| (Reverse(fit.closeness), Reverse(item.favourite));
    sorted(fits, |one, other| order(one).cmp(&order(other)))
}

fn offered(id: ItemId, item: &Item, fit: Fit, place: &Place) -> Offered {
    Offered {
        id: id.to_string(),
        name: item.name.clone(),
        detail: item.detail(),
        host: item.host().into(),
        own: suggest::is_of(item, place),
        caution: fit.caution.map(Into::into),
    }
}

impl Offers {
    const fn none() -> Self {
        Self {
            items: Vec::new(),
            imitates: None,
        }
    }
}

impl crate::api::Place {
    fn parse(&self) -> Option<Place> {
        Place::parse(&self.url, self.top.as_deref())
    }
}

impl Submitted {
    /// The login's name: as the person wrote it, else the host.
    fn called(&self) -> String {
        if self.name.is_empty() {
            site::host(&self.place.url).into()
        } else {
            self.name.clone()
        }
    }

    fn begun(&self, now: u64) -> Item {
        let mut item = Item::new(Kind::Login)
            .named(&self.called())
            .with_url(&self.address())
            .with(Field::Username, &self.user_name)
            .with(Field::Password, &self.password);
        item.created_at = now;
        item.modified_at = now;
        item
    }

    /// Of the page's address scheme, host and port: a path is for a visit only.
    fn address(&self) -> String {
        let url = &self.place.url;
        let begin = url.find("://").map_or(0, |at| at + 3);
        let end = url.get(begin..).and_then(|rest| rest.find(['/', '?', '#']));
        end.and_then(|end| url.get(..begin + end))
            .unwrap_or(url)
            .into()
    }
}

impl From<site::Caution> for Caution {
    fn from(caution: site::Caution) -> Self {
        match caution {
            site::Caution::InClear => Self::InClear,
            site::Caution::Framed => Self::Framed,
        }
    }
}

impl From<Slot> for offer::Slot {
    fn from(slot: Slot) -> Self {
        Self {
            kind: slot.kind,
            max_length: slot.max_length.and_then(|most| usize::try_from(most).ok()),
            placeholder: slot.placeholder,
            choices: slot.choices,
        }
    }
}
