//! The words by which fields are known, in every language we know them in. A row is
//! asked before the ones below it. Texts are folded and their words one space apart
//! (`text::plain`); `*` stands for more letters.

use super::form::Field;
use super::sense::Sense::{self, Code, Day, Is, Month, Never, Year};

/// Said anywhere about a control, its own names included: it is never filled.
/// Searches, vouchers, riddles, newsletters.
pub(super) const NEVER: &str = "leave this*|do not fill*|don t fill*|lamna tomt|lamna faltet*|fyll inte*|\
         nicht ausfullen|leer lassen|frei lassen|ne pas remplir|laisser vide|no rellenar|\
         dejar vacio|non compilare|lasciare vuoto|niet invullen|leeg laten|if you are human|\
         not a robot|anti spam|antispam|search*|*search|filter*|lookup|look up|find|keyword*|\
         query|q|suche|suchen|suchbegriff*|suchfeld*|durchsuchen|sok|soka|hitta|sog|finn|\
         recherch*|chercher*|trouver|busca|buscar|buscas|cerca|cercare|zoek|zoeken|procura|\
         procurar|haku|hae|etsi|szukaj|znajdz|sprawdz|hledat|*検索*|*キーワード*|*ابحث*|*بحث*|coupon*|\
         voucher*|promo*|discount*|gift*|referral*|campaign*|gutschein*|rabatt*|aktionscode|\
         presentkort*|kampanj*|gavekort*|cupom*|cupon*|descuento|desconto|buono|sconto|cadeau*|\
         cadeaukaart|kortingscode|parrain*|kupon*|kampanjakoodi|alennuskoodi|*クーポン*|captcha*|\
         *captcha|answer*|security question|secret question|how many|hur manga|hur mycket|\
         wie viel*|wieviel*|combien|cuantos|cuanto|quanti|quanto|hoeveel|svar|antwort*|reponse*|\
         respuesta*|risposta*|resposta*|odpowiedz*|memorable*|honeypot*|leave blank|leave empty|\
         newsletter*|subscribe*|nyhetsbrev*|abonnieren|nieuwsbrief|uutiskirje*|boletin*|\
         lettre d information|infolettre|biuletyn";

/// Said by a label or the text beside a control: it is never filled. Sums, numbers of
/// other things, machines, somebody else, messages, secrets that are no login's.
pub(super) const NEVER_LABELS: &str = "ftp*|sftp*|ssh*|vpn*|link password|share password|meeting*|encryption*|backup password|\
         archive password|zip password|pdf password|network password|network key|pre shared key|\
         guest password|wlan schlussel|natverksnyckel|natverkslosenord|webhook*|cle wifi|\
         cle wi fi|clave wifi|portkod|door code|entry code|gate code|digicode|turkod|\
         country of birth|city of birth|place of birth|calling code|country code|dialling code|\
         dial code|landsnummer|vorwahl|extension|branch|meter number|serial number|serienummer|\
         seriennummer|gender|kon|geschlecht|sexe|sexo|sesso|=title|=titel|=about|=order|=length|\
         =age|how strong|strength|po number|reference number|=reference|referensnummer|\
         aktenzeichen|vat number|vat id|umsatzsteuer*|momsnummer|=fax|fax number|account holder|\
         iban|bic|sort code|routing number|kontonummer|clearing*|delivery notes|\
         delivery instruction*|ort und datum|birthplace|fodelseort|geburtsort|lieu de naissance|\
         lugar de nacimiento|luogo di nascita|maiden name|mother s*|geburtsname|height|weight|\
         occupation|beruf|yrke|profession|job title|position|department|abteilung|avdelning|\
         service number|password hint|hint|amount|belopp|betrag|montant|importe|importo|kwota|\
         quantity|order number|order id|bestellnummer|ordernummer|pedido|booking*|bokning*|\
         buchung*|reservation*|tracking*|parcel|invoice*|faktura*|rechnungsnummer|flight|room|\
         seats|voucher|shipment|sendungsnummer|hamtkod*|licence plate|number plate|vielflieger*|\
         frequent flyer*|isbn|smtp*|imap*|ssid|wireless*|wpa*|wi fi*|wifi*|wlan*|server|host|\
         hostname|port|database|proxy*|api key|access key|secret key|private key|token name|\
         ip address|workspace*|subdomain|website|homepage|hemsida|webseite|site web|sitio web|\
         link to*|url|friend*|vans|freund*|ami|amigo|referee*|emergency*|guardian*|witness*|\
         absender*|sender*|bcc|next of kin|anhorig*|ice|message*|subject|comment*|meddelande*|\
         nachricht*|kommentar*|beitrag|notes|notas|ordernot*|betreff|amne|asunto|oggetto|sujet|\
         halsning*|hilsen|bemerkung*|remarks|last 4|last four|letzten vier|sista fyra|\
         characters of*|letters of*|pin pa kort*|kortets pin|card pin|pin of your card|\
         skapets pin|game pin|recovery word*|seed phrase|mnemonic|a password like*|policy|\
         expire after|days|pass gultig*|passport expir*|issued*|delivre*|ausgestellt*|utfardat*|\
         tipo de*|type of*|alter|eta|income|inkomst*|nuvarande hyresvard|pet|language|sprache|\
         sprak|langue|idioma|lingua|kieli|taal|jezyk|anrede|civilite|salutation";

/// What a control's texts and names say that it is.
pub(super) const FIELDS: &[(Sense, &str)] = &[
    (Is(Field::NationalId), "id card*|identity card*"),
    (
        Is(Field::Username),
        "library card*|membership card*|member card*|loyalty card*|bonus card*|club card*|\
         medlemskort*|kundkort*|bonuskort*|kundenkarte*|mitgliedskarte*|carte de fidelite|\
         carte d adherent|tarjeta de socio|carta fedelta|klantenkaart|ledenpas",
    ),
    (
        Is(Field::OneTimeCode),
        "six digit number|6 digit number|security code we*|code you received|access code sent|\
         sms code|siffrig kod|siffriga koden|sexsiffrig*|sakerhetskod fran*|stelliger code|\
         stellige code|stelligen code|freigabecode|bestatigungs code|mtan|smstan|code a 6*|\
         code a six|code envoye*|code temporaire|codigo enviado|codigo de 6*|codigo temporal|\
         codigo recibido|codice a 6*|codice inviato|codice ricevuto|codigo recebido|\
         codigo de confirmacao|cijferige code|zescijferig*|sms code*|ontvangen code|sekssifret*|\
         sekscifret*|sms koden|kod z sms|otrzymany kod|jednorazowy*|sms koodi|tekstiviesti*|\
         token code|mfa code|twofa*|authcode|verificationcode|verifycode|confirmation code|\
         bekraftelsekoden|one time*|onetime*|otp*|totp*|2 fa|2fa|mfa|verification code|\
         verify code|authentication code|authenticator*|auth code|login code|digit code|\
         code from|code sent|passcode sent|code we sent|backup code*|recovery code*|two factor*|\
         twofactor*|two step*|engangskod*|engangskode*|engangs*|verifieringskod*|bekraftelsekod*|\
         sms kod*|kod fran*|einmal*|bestatigungscode*|sicherheitscode aus*|verifizierungscode*|\
         tan|code de verification|code de validation|code recu*|code a usage unique|\
         code de confirmation|por sms|par sms|codigo de verificacion|codigo de un solo uso|\
         codigo de confirmacion|codice di verifica|codice otp|codice temporaneo|\
         codigo de verificacao|verificatiecode|controlecode|bevestigingscode|kod jednorazowy|\
         kod sms|kod weryfikacyjny|kertakaytto*|vahvistuskoodi|bekreftelseskode|\
         bekraeftelseskode|*認証コード*|*確認コード*|*ワンタイム*|*رمز التحقق*",
    ),
    (
        Is(Field::CardHolder),
        "name as it appears*|name as shown*|name as printed*|appears on card|name of cardholder|\
         kortagare*|namn som star*|nom du titulaire|nom du porteur|nom inscrit sur*|\
         nombre del titular|nombre impreso*|nome del titolare|titolare*|nome impresso*|\
         naam kaarthouder|navnet pa kort*|imie i nazwisko na karcie|name des karteninhabers|\
         name des inhabers|ccholder|cc holder|cardname|name on card|name on the card|\
         name as on card|cardholder*|card holder*|ccname|cc name|card name|holder name|\
         card owner|kortinnehavare*|namn pa kort*|karteninhaber*|inhaber*|name auf der karte|\
         titulaire*|nom sur la carte|titular*|nombre en la tarjeta|intestatario*|\
         nome sulla carta|nome no cartao|kaarthouder*|naam op kaart|naam op de kaart|kortholder*|\
         kortinnehaver*|navn pa kort*|kortinhaltija*|kortin haltija*|posiadacz*|wlasciciel karty|\
         *カード名義*|*名義人*",
    ),
    (
        Is(Field::CardCode),
        "card security*|cvn|cv 2|kortets sakerhetskod|kartenprufziffer|sicherheitsnummer|cvv cvc|\
         code au dos|numero de verification|codigo cvv|codice cvv|cijfer code|kontrollkod|cvc*|\
         cvv*|csc|security code|card code|card verification*|verification value|\
         verification number|sakerhetskod|kontrollsiffr*|prufziffer*|prufnummer*|\
         kartenprufnummer*|sicherheitscode|cryptogramme*|code de securite|codigo de seguridad|\
         codice di sicurezza|codigo de seguranca|beveiligingscode|sikkerhetskode|sikkerhedskode|\
         kontrolkode|turvakoodi|turvaluku|kod zabezpiecz*|kod cvv|*セキュリティコード*",
    ),
    (
        Is(Field::CardNumber),
        "=card|=kort|=karte|=carte|=tarjeta|=carta|=kaart|=kortti|card information|cardno*|\
         card nr|ccno|kreditkort*|bankkort*|kreditkarte*|kartennr|karten nr|numero de tarjeta*|\
         n de carte|no de carte|creditcardnummer|numero della tua carta|kort nummer|\
         betalingskort*|luottokort*|pankkikort*|card number*|card no|cardnumber|card num|\
         ccnumber|cc number|ccnum|cc num|creditcard*|credit card|credit card number|debit card*|\
         kortnummer*|kortnr|kartennummer*|numero de carte|numero de la carte|numero de tarjeta|\
         numero della carta|numero carta|numero do cartao|numero de cartao|kaartnummer*|\
         kortin numero|numer karty|*カード番号*",
    ),
    (
        Is(Field::CardExpiryMonth),
        "cc month|card exp month|expmonth|expirymonth|expirationmonth|expiration date month|\
         ablaufmonat|utgangsmanad|mois d expiration|mes de caducidad|mese di scadenza|exp month|\
         expiry month|expiration month|expiry mm|exp mm|card month",
    ),
    (
        Is(Field::CardExpiryYear),
        "cc year|card exp year|expyear|expiryyear|expirationyear|expiration date year|ablaufjahr|\
         utgangsar|annee d expiration|ano de caducidad|anno di scadenza|exp year|expiry year|\
         expiration year|expiry yy|exp yy|card year",
    ),
    (
        Is(Field::CardExpiry),
        "valid thru|valid date|validity|expdate|expirationdate|best before|kortets giltighet*|\
         gultigkeitsdatum|date de validite|expire fin|expire le|fecha de vencimiento|\
         fecha de expiracion|fecha de caducidad|data di scadenza|data de validade|houdbaar*|\
         udlob*|mm rr|mm yyyy|mm ah|viimeinen voimassa*|expir*|exp|exp date|valid through|\
         valid until|valid to|good thru|giltig*|gultig bis|gultigkeit*|ablauf*|verfall*|utlops*|\
         utgangsdatum|gyldig*|date d expiration|expiration|fin de validite|validite|caducidad|\
         vencimiento|validez|scadenza|validade|vencimento|vervaldatum|geldig*|voimassa*|wazna*|\
         data waznosci|mm yy|mm aa|mm jj|mm ar|*有効期限*",
    ),
    (
        Is(Field::Pin),
        "pin|pinkod*|pin kod*|pincode*|pin code*|patronpin|pin koodi",
    ),
    (
        Is(Field::Password),
        "access code|access key code|zugangscode|zugriffscode|code d acces|codigo de acceso|\
         codice di accesso|codigo de acesso|toegangscode|atkomstkod|kod dostepu|paakoodi|pw|\
         pword|passwort|pass phrase|lozenord*|geheimzahl|secret code|parool*|password*|passwd|\
         pwd|pass word|passphrase|passcode|passwort*|kennwort*|losenord*|losen|mot de passe|\
         motdepasse|mdp|contrasena*|clave|senha*|palavra passe|palavra chave|wachtwoord*|\
         passord*|kodeord*|adgangskode*|salasana*|tunnusluku*|haslo*|parola d ordine|code secret|\
         *パスワード*|*暗証番号*|*كلمة المرور*|*كلمة السر*",
    ),
    (
        Is(Field::NationalId),
        "person nummer|personnr|fodselsnr|national identity*|identity number|identity card*|\
         id number|id card number|citizen number|numero de identidad|documento de identidad|\
         documento nacional*|nif nie|numero de identificacion|carta d identita|\
         numero contribuinte|cidadao|steuer id|steueridentifikation*|steuernummer|ausweisnummer|\
         personalausweis*|rijksregister*|sofi*|numer dowodu|dowod osobisty|sosiaaliturvatunnus|\
         numero fiscal|tax id|tax number|taxpayer*|nino|passport or id|personnummer*|\
         personal number|personal identity number|persnr|fodselsnummer*|fnr|national id*|ssn|\
         social security*|national insurance number|sozialversicherungsnummer|pesel|dni|nif|\
         codice fiscale|contribuinte|cpf|bsn|burgerservicenummer|cpr*|henkilotunnus|hetu|\
         *マイナンバー*|numero de securite sociale",
    ),
    (
        Is(Field::PassportNumber),
        "passport*|passnummer|reisepass*|passeport*|numero de passeport|pasaporte*|passaporto*|\
         paszport*|paspoort*|passi numero|passinumero",
    ),
    (
        Is(Field::LicenseNumber),
        "driving licen*|driver licen*|drivers licen*|driver s licen*|licence number|\
         license number|korkort*|fuhrerschein*|permis|numero de permis|carnet de conducir|\
         permiso de conducir|patente*|rijbewijs*|forerkort*|korekort*|ajokortti*|prawo jazdy",
    ),
    (
        Is(Field::BirthDate),
        "date de naissance|fecha de nacimiento|data di nascita|data de nascimento|fodd|geboren*|\
         syntymaaika|data urodzenia|birthdate|dateofbirth|nascido*|ne en|birth*|date of birth|\
         dob|bday|born|fodelse*|geburts*|geb datum|naissance|ne e le|ne le|nacimiento|nascita|\
         nascimento|geboorte*|fodsels*|syntyma*|urodzenia|*生年月日*|*تاريخ الميلاد*",
    ),
    (
        Is(Field::Username),
        "client id|client number|client no|clientid|=customer|customerid|customer code|kundid|\
         kund id|kund nr|kunden id|kundenlogin|numero d abonne|numero de contrat|\
         numero de compte|cuenta de usuario|numero de usuario|numero de cliente|codigo cliente|\
         codice cliente|numero de socio|relatienummer|lidnummer|gebruikersnaam|accountnaam|\
         kontonavn|medlem nr|medlemsnr|medlemsnavn|jasennumero|kayttajanimi|login klienta|\
         nr klienta|numer uzytkownika|patient number|policy number|policy no|versicherungsnummer|\
         forsakringsnummer|student no|matrikelnummer|personalnummer|anstallningsnummer|\
         medarbejdernummer|ansattnummer|employee no|staff id|staff number|agent number|\
         elevnummer|loginname|loginuser|sign in name|uid|uname|usr|usrname|=account|acct|=konto|\
         kontonummer eller*|epost eller*|e postadress eller*|mail eller*|e mail eller*|\
         e mailadresse oder*|e mail adresse oder*|correo electronico o|email of|e mailadres of*|\
         e mail adres of*|sahkoposti tai*|adresse e mail ou*|mobile or*|mobile number or*|\
         phone number or*|telefon eller*|=id|username*|user name*|userid|user id*|user|users|\
         login|login name|loginid|login id|logon|logonid|account name|account number|account id|\
         screen name|screenname|handle|benutzer*|nutzer*|anmeldename|kontonamn|anvandar*|\
         anvandare|anvnamn|identifiant*|nom d utilisateur|utilisateur|pseudo*|usuario*|\
         nombre de usuario|utente|nome utente|codice utente|utilizador*|nome de usuario|\
         gebruiker*|bruker*|bruger*|kayttaja*|tunnus|kayttajatunnus|uzytkownik*|\
         nazwa uzytkownika|identyfikator|nick|nickname|smeknamn*|member number|member id|\
         membership*|member|medlemsnummer*|medlems*|mitglied*|customer number|customer id|\
         customer no|kundnummer*|kundnr|kundennummer*|kundennr|kundenr*|kundenummer*|\
         numero client|numero de client|numero cliente|asiakasnumero*|klantnummer*|numer klienta|\
         student number|student id|employee id|employee number|barcode|card barcode|\
         library card*|lanekort*|lanekortsnummer*|pasnummer|bibliotheekpas|socio|tessera|\
         numero tessera|insurance number|versicherten*|adherent|player name|crew number|\
         prenumerant*|loginkennung|kennung|zugangsnummer|e mail or*|email or*|or email|or e mail|\
         phone or*|e post eller*|e mail oder*|e mail ou*|email ou*|correo o|e mail o|email o|\
         *ユーザー*|*ログインid*|*会員番号*|*生徒番号*|*اسم المستخدم*",
    ),
    (
        Is(Field::Email),
        "email*|e mail*|mail|mailadresse|mail address|adresse mail|adresse electronique|epost*|\
         e post*|mejl*|mel|courriel*|correo*|correo electronico|correio eletronico|\
         correio electronico|posta elettronica|sahkoposti*|sposti|eposta*|e posta*|mailadres|\
         emailadres|poczta|adres e mail|*メール*|*البريد*",
    ),
    (
        Is(Field::Phone),
        "mobil nr|mobilnr|telefonnr|tel nr|contact number|daytime number|mobile no|phonenumber|\
         telnr|numero de movil|numero de celular|numero de telefono|numero di telefono|\
         numero de telemovel|mobiele*|telefonszam|nr telefonu|numer telefonu|matkapuhelin*|\
         no de telephone|tel portable|cell phone|phone*|telephone*|tel|telefon*|telefoon*|\
         telefono*|telefone*|tfn|tlf|mobile*|mobil|mobilnummer*|mobiltelefon*|mobilni|mobiel*|\
         movil|celular*|cellulare|cell|cellphone|handy*|rufnummer|puhelin*|gsm|\
         numero de telephone|portable|telemovel|komorka|*電話*|*الهاتف*|*携帯*",
    ),
    (
        Is(Field::Organization),
        "=client|=club|club or company|=firm|=tenant|business|workplace|arbetsplats|\
         arbetsgivarens namn|bolag*|organisme|raison sociale|entidad|ente|instelling|werkgever|\
         arbeidsgiver|arbejdsgiver|tyonantaja|pracodawca|nazwa firmy|company name|company code|\
         *勤務先*|*会社名*|company*|organi*|employer|business name|foretag*|firma*|arbetsgivare*|\
         unternehmen*|arbeitgeber*|mandant*|societe|entreprise*|employeur|empresa*|azienda|\
         ragione sociale|bedrijf*|yritys*|school code|skolkod|team name|virksomhed*|bedrift*|\
         *学校コード*|*会社*|*法人*|organisatie",
    ),
    (
        Is(Field::Street2),
        "address line 3|addr line 2|adressrad 2|adresszeile 2|adresslinje 2|adreslijn 2|\
         adresse ligne 2|direccion 2|linea 2|riga 2|building|floor|etage|vaning|trappa|batiment|\
         residence|puerta|bloque|blok|huisnummer toevoeging|staircase|dorr|*建物*|*マンション*|*部屋*|\
         bldg|address 2|addr 2|adress 2|address line 2|line 2|street 2|apartment*|apt|suite|unit|\
         flat|lagenhet*|c o|adresszusatz*|zusatz|adresse 2|complement*|piso*|escalera|interno|\
         scala|toevoeging*|appartement|leilighet*|leilighetsnummer|mieszkani*|lokal*|\
         numer mieszkania",
    ),
    (
        Is(Field::PostalCode),
        "post nummer|post nr|zip code|zipcode|postalcode|postcode|cod postal|codigo de postal|\
         postkode|kod poczt*|postilokero numero|postleit*|zip*|postal*|postcode*|post code|\
         postnummer*|postnr*|plz|postleitzahl*|code postal|codepostal|cp|c p|codigo postal|cap|\
         cep|postinumero*|kod pocztowy|psc|*郵便番号*|*الرمز البريدي*",
    ),
    (
        Is(Field::Street),
        "street address|street name|streetaddress|addr 1|addr|address street|utdelningsadress|\
         postadress|hemadress|leveransadress|bostadsadress|strasse und*|strassenname|\
         strasse hausnummer|adresszeile 1|numero et rue|numero et voie|n et rue|adresse postale|\
         domicilio|nombre de calle|calle y numero|nome da rua|via e numero|via piazza|straat en*|\
         adreslijn 1|adresse 1|adresslinje 1|vejnavn*|gade|adresse ligne 1|ulica i*|*町名*|*丁目*|\
         street*|address 1|address line 1|address line|address*|adress|adressen|gatuadress*|\
         adressrad*|gatunamn*|gata|strasse*|str|adresse|anschrift|rue|voie|calle|direccion*|dir|\
         via|nombre de la via|indirizzo*|endereco*|rua|morada|straat*|straatnaam|adres|\
         gateadresse*|gate|vejnavn|vej|gatenavn|katuosoite*|lahiosoite*|osoite*|ulica|*住所*|*番地*|\
         *العنوان*",
    ),
    (
        Is(Field::HouseNumber),
        "house nr|nr domu|hus nr|straatnummer|haus nr|numer budynku|n de rue|numero de rue|\
         numero de la rue|house number*|house no|housenumber|street number|building number|\
         hausnummer*|hausnr|hnr|husnummer*|husnr|huisnummer*|huisnr|numero civico|civico|\
         talon numero|numer domu|numero",
    ),
    (
        Is(Field::City),
        "town city|post town|postadress ort|stadsnamn|wohn ort|gemeinde|ville commune|localite|\
         citta comune|concelho|freguesia|gemeente|kommune|kaupunki|kunta|hometown|municipality|\
         *市町村*|*市区*|city*|town*|suburb|locality|ort|ortschaft|postort*|stad|stadt|wohnort|ville|\
         commune|ciudad|poblacion|localidad|municipio|citta|comune|cidade|localidade|plaats|\
         woonplaats|bynavn|poststed*|postitoimipaikka*|paikkakunta*|miasto|miejscowosc*|mesto|\
         sehir|*市区町村*|*المدينة*",
    ),
    (
        Is(Field::Country),
        "land region|country of*|citizenship|nation|kansalaisuus|obywatelstwo|statsborgerskap|\
         *国名*|*国 地域*|country*|nationality*|land|staatsangehorig*|nationalitat*|pays|nationalite*|\
         pais|nacionalidad|paese|cittadinanza|nazione|nacionalidade|maa|kraj|nationaliteit|\
         medborgarskap|nationalitet|*国籍*|*الدولة*",
    ),
    (
        Is(Field::Region),
        "state*|province*|provincia*|region*|county|bundesland|lan|departement|canton|kanton|\
         prefecture|wojewodztwo|estado|comunidad autonoma|regione|provincie|fylke|maakunta|zone|\
         *都道府県*",
    ),
    (
        Is(Field::Name),
        "first last name|name in full|complete name|customer name|contact name|contact person|\
         contactpersoon|passenger name|for och efternamn*|ditt namn|ditt fullstandiga namn|\
         namn efternamn|namn och efternamn|ihr name|dein name|vor und zuname|ansprechpartner|\
         nom prenom|nom et prenom*|prenom nom|tu nombre|su nombre|nombre y apellidos*|\
         il tuo nome|nominativo|seu nome|o seu nome|uw naam|je naam|volledige naam|ditt navn|\
         dit navn|fulde navn|fullt navn|hele navnet|nimesi|twoje imie|twoje nazwisko|*名前*|\
         *フルネーム*|realname|real name|yourname|mottagarens namn|name des empfangers|full name*|\
         fullname|your name*|legal name|display name|name and surname|first and last name|\
         recipient*|nombre y apellido*|nombre completo|nome e cognome|nome completo|\
         nom et prenom|nom complet|votre nom|prenom et nom|vor und nachname*|vollstandiger name|\
         for och efternamn|fornamn och efternamn|hela namnet|voor en achternaam|\
         fornavn og etternavn|imie i nazwisko|koko nimi|etu ja sukunimi|ad soyad|empfanger*|\
         mottagare*|destinataire|destinatario|*お名前*|*氏名*|*الاسم الكامل*",
    ),
    (
        Is(Field::FamilyName),
        "last|lastname*|family|sn|secondname|second name|surnames|primer apellido|\
         segundo apellido|cognomi|ultimo nome|familie naam|etternamn|*名字*|*苗字*|*せい*|*セイ*|\
         *اسم العائلة*|last name*|lastname|surname*|family name|lname|efternamn*|nachname*|\
         familienname*|zuname|nom de famille|nom d usage|nom|apellido*|ape|cognome|sobrenome|\
         apelido*|achternaam*|familienaam|etternavn*|efternavn*|sukunimi*|nazwisko*|姓",
    ),
    (
        Is(Field::GivenName),
        "first|firstname*|forenames|christian name|nombres|primer nombre|nomi|primeiro nome|\
         nome proprio|fornamn*|voornamen|fornavne|kutsumanimi|*めい*|*メイ*|*الاسم الاول*|\
         first name*|firstname|given name*|given|forename*|fname|tilltalsnamn|vorname*|rufname|\
         prenom*|nombre|nome|voornaam*|fornavn*|etunimi*|imie|imiona|名",
    ),
    (
        Is(Field::Name),
        "name|namn|naam|navn|nimi|member s name|*الاسم*",
    ),
    (
        Code,
        "code|kod|koden|kode|codigo|codice|koodi|*コード*|*رمز*",
    ),
    (Day, "day|dag|tag|jour|dia|giorno|dzien|dd|tt|jj mm|paiva"),
    (
        Month,
        "month|manad|monat|mois|mes|mese|maand|maned|miesiac|mm|kuukausi",
    ),
    (
        Year,
        "year|ar|jahr|annee|ano|anno|jaar|rok|yy|yyyy|aa|aaaa|jj|jjjj|vuosi|rrrr",
    ),
    (Never, "domain*|subject|site|other"),
];

/// A password that is there already.
pub(super) const CURRENT: &str = "befintlig*|ditt losenord nu|derzeit*|jetziges|votre mot de passe actuel|\
         contrasena actual|password attuale|senha atual|huidige|nuvarande*|presente|dagens|*旧*|\
         *今の*|current*|old|existing|present password|previous|nuvarande|gammal*|aktuelle*|altes|\
         bisherige*|derzeitige*|alt|actuel*|ancien*|actual|anterior|attuale|vecchia|atual|\
         huidig*|oude|oud|navaerende|navaerende*|gjeldende|gamle|nuvaerende|nykyinen|vanha|\
         obecne|stare|dotychczasowe|*現在の*|*الحالية*";

/// A password that comes to be.
pub(super) const NEW: &str = "new|newpassword*|ny|nya|nytt|nye|neu|neues|neue|nouveau|nouvelle|nueva|nuevo|nuova|\
         nuovo|nova|novo|nieuw*|uusi|uuden|nowe|*新しい*|*الجديدة*";

/// A password that somebody is to think of.
pub(super) const CHOOSE: &str = "choose a|pick a|valj ett|hitta pa|vergeben|festlegen|passwort wahlen|choisir|definissez|\
         establece|imposta|defina|bedenk|vaelg en|lag et|keksi|ustaw|*設定する*|choose*|pick|create*|\
         set a|make up|initial|valj|skapa|wahlen|wahle|waehlen|choisi*|creez|elige|elija|crea|\
         crear|scegli|crie|criar|escolha|kies|kiezen|velg|vaelg|valitse|wymysl|utworz";

/// The same again.
pub(super) const AGAIN: &str = "reenter|twice|once more|second time|repetition|verification|en gang till|pa nytt|\
         noch einmal|zweites mal|confirmez|encore|saisir a nouveau|retapez|otra vez|vuelve a*|\
         di nuovo|ancora|novamente|outra vez|nog een keer|opnieuw|en gang til|ponownie|\
         jeszcze raz|confirmpassword|password 2|pass 2|pwd 2|password confirmation|email 2|\
         mail 2|*もう一度*|again|repeat*|confirm*|retype*|re enter*|reenter*|re type|verify*|\
         upprepa*|bekrafta*|igen|wiederhol*|bestatig*|nochmal*|erneut|ressaisi*|repet*|repit*|\
         confirma*|conferma*|ripeti*|herhaal*|bevestig*|nogmaals|gjenta*|bekreft*|gentag*|\
         bekraeft*|uudelleen|vahvista|toista|powtorz*|potwierdz*|*確認*|*再入力*|*تأكيد*";

/// Beside a user name: whose user it is.
pub(super) const CLIENTS: &str = "account*|customer*|client*|company*|contract*|tenant*|kund*|avtal*|vertrag*|mandant*|\
         firma*|cliente*|abonne*|klant*|asiakas*|klient*";

/// What one writes to somebody, unlike what one writes for all to read.
pub(super) const MESSAGES: &str = "message*|enquiry|inquiry|question*|how can we help*|meddelande*|arende|fraga|nachricht*|\
         anliegen|anfrage|mitteilung|votre message|votre demande|mensaje|consulta|messaggio|\
         richiesta|mensagem|bericht|vraag|melding|besked|henvendelse|viesti|wiadomosc|tresc|\
         *お問い合わせ*|*内容*|*رسالة*";
