//! What a page's forms are understood to be.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// A form, or the part of one that asks for things of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// What it is for.
    pub kind: Kind,
    /// What may be filled.
    pub fields: Vec<Filling>,
    /// Where a user name can be read when a login is saved. Never filled.
    pub reads: Vec<Filling>,
    /// The button that sends it, by its place in [`super::Page::buttons`].
    pub submit: Option<usize>,
}

/// A field, and the controls that are it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filling {
    /// What goes there.
    pub field: Field,
    /// The control, by its place in [`super::Page::controls`]; several where one
    /// value is split, in order.
    pub controls: Vec<usize>,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody signs in; also a password alone.
    SignIn,
    /// An account comes to be.
    SignUp,
    /// A password is changed or set anew.
    ChangePassword,
    /// A code of a second step.
    OneTimeCode,
    /// A payment by card.
    Card,
    /// Where something is sent.
    Address,
    /// Who somebody is.
    Identity,
    /// The user name alone, before the rest.
    UserNameStep,
    /// Asks for a new password, or for the user name.
    Forgotten,
}

/// What goes into a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each says what it is")]
pub enum Field {
    Username,
    Password,
    NewPassword,
    ConfirmPassword,
    CurrentPassword,
    OneTimeCode,
    Pin,
    CardNumber,
    CardHolder,
    CardExpiry,
    CardExpiryMonth,
    CardExpiryYear,
    CardCode,
    Name,
    GivenName,
    FamilyName,
    Email,
    ConfirmEmail,
    Phone,
    BirthDate,
    BirthDay,
    BirthMonth,
    BirthYear,
    NationalId,
    PassportNumber,
    LicenseNumber,
    Organization,
    Street,
    HouseNumber,
    #[serde(rename = "street_2")]
    Street2,
    PostalCode,
    City,
    Region,
    Country,
}

impl Field {
    pub(super) const fn is_of_a_card(self) -> bool {
        matches!(
            self,
            Self::CardNumber
                | Self::CardHolder
                | Self::CardExpiry
                | Self::CardExpiryMonth
                | Self::CardExpiryYear
                | Self::CardCode
        )
    }

    pub(super) const fn is_of_a_place(self) -> bool {
        matches!(
            self,
            Self::Street
                | Self::HouseNumber
                | Self::Street2
                | Self::PostalCode
                | Self::City
                | Self::Region
                | Self::Country
        )
    }

    pub(super) const fn is_a_name(self) -> bool {
        matches!(self, Self::Name | Self::GivenName | Self::FamilyName)
    }

    /// Whether it tells one person from all others.
    pub(super) const fn is_of_papers(self) -> bool {
        matches!(
            self,
            Self::NationalId
                | Self::PassportNumber
                | Self::LicenseNumber
                | Self::BirthDate
                | Self::BirthDay
                | Self::BirthMonth
                | Self::BirthYear
        )
    }

    pub(super) const fn is_of_a_person(self) -> bool {
        self.is_a_name()
            || self.is_of_papers()
            || matches!(
                self,
                Self::Email | Self::ConfirmEmail | Self::Phone | Self::Organization
            )
    }

    /// What takes less isn't this: four figures are a year and no date of birth, two letters no name.
    pub(super) const fn shortest(self) -> usize {
        if matches!(self, Self::BirthDate | Self::Email | Self::ConfirmEmail) {
            6
        } else if self.is_a_name() || matches!(self, Self::Street) {
            5
        } else {
            0
        }
    }

    /// Whether it may be asked for by a list of choices.
    pub(super) const fn may_be_chosen(self) -> bool {
        matches!(
            self,
            Self::Country
                | Self::Region
                | Self::City
                | Self::Username
                | Self::CardExpiryMonth
                | Self::CardExpiryYear
                | Self::BirthDay
                | Self::BirthMonth
                | Self::BirthYear
        )
    }
}
