//! Sites that share their accounts: one operator, one sign-in. Only what is
//! publicly so; each group is one line.

const GROUPS: &[&str] = &[
    "apple.com icloud.com me.com",
    "google.com youtube.com gmail.com blogger.com",
    "microsoft.com live.com outlook.com microsoftonline.com office.com office365.com xbox.com skype.com msn.com bing.com windows.com",
    "facebook.com messenger.com",
    "amazon.com amazon.se amazon.de amazon.fr amazon.es amazon.it amazon.nl amazon.pl amazon.co.uk amazon.ca amazon.com.au amazon.co.jp amazon.in amazon.com.br amazon.com.mx amazon.com.be amazon.com.tr",
    "ebay.com ebay.de ebay.co.uk ebay.fr ebay.it ebay.es ebay.ca ebay.com.au",
    "steampowered.com steamcommunity.com",
    "atlassian.com atlassian.net bitbucket.org trello.com",
    "wikipedia.org wikimedia.org wiktionary.org wikidata.org wikibooks.org wikiquote.org wikisource.org wikivoyage.org mediawiki.org",
    "stackoverflow.com stackexchange.com superuser.com serverfault.com askubuntu.com mathoverflow.net",
    "yahoo.com flickr.com",
    "protonmail.com proton.me protonvpn.com",
    "ikea.com ikea.se",
    "sony.com playstation.com sonyentertainmentnetwork.com",
    "discord.com discordapp.com",
    "twitter.com x.com",
    "paypal.com paypal.me",
    "zoom.us zoom.com",
];

/// Whether two registrable domains share their accounts.
pub(super) fn share_accounts(one: &str, other: &str) -> bool {
    let has = |group: &&str, domain: &str| group.split(' ').any(|member| member == domain);
    GROUPS
        .iter()
        .any(|group| has(group, one) && has(group, other))
}

/// The other sites that share a registrable domain's accounts.
pub(super) fn others(domain: &str) -> impl Iterator<Item = &'static str> {
    let of = GROUPS
        .iter()
        .filter(move |group| group.split(' ').any(|member| member == domain));
    of.flat_map(|group| group.split(' '))
        .filter(move |member| *member != domain)
}
