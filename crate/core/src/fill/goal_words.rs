//! The words by which headings and buttons tell what a form is for, in every
//! language we know them in. Written as in `words.rs`.

use super::goal::Goal;

/// What headings, buttons, addresses and titles are about.
pub(super) const GOALS: &[(Goal, &str)] = &[
    (
        Goal::NotOurs,
        "ftp|sftp|vpn|proxy|share link|protect this link|encrypt*|join a meeting|join meeting|\
         join the meeting|webhook*|network settings|=comments|=poll|=invite|invite a*|\
         invite people*|mailing list|stay in touch|keep me posted|get updates|\
         hall dig uppdaterad|auf dem laufenden|restez informe*|mantente informado|\
         resta aggiornato|blijf op de hoogte|write a review|leave a review|feedback|\
         ask a question|notify me|bevaka|benachrichtigen|waitlist|waiting list|skicka kommentar|\
         kommentieren|laisser un commentaire|deja un comentario|lascia un commento|reagieren|\
         reageer|redeem|losa in|einlosen|lookup order|find your order|order status|spara paket|\
         suivi de commande|invite friends|tipsa en van|share with*|dela med*|newsletter*|\
         subscribe*|nyhetsbrev*|abonnieren|wochenplan|nieuwsbrief|abonnez*|prenumerera|discount*|\
         rabatt*|coupon*|gift card*|presentkort*|carte cadeau|gutschein*|leave a reply|\
         leave a comment|post comment|kommentera|kommentar*|guestbook|gastebuch|gastbok|\
         gaestebog|commentaire*|invitation to*|bjud in|einladen|inviter|invitar|skicka inbjudan|\
         refer a friend|track your*|sigue tu pedido|sendungsverfolgung|wireless*|home network|\
         guest network|wlan|wi fi|ssid|smtp*|mail server|access keys|api keys|password policy|\
         how strong|password generator|seed phrase|recovery words|recovery phrase|restore wallet|\
         game pin|pin for kort*|pin for the card|pin du kort*|new pin for*|bytt pin|change pin|\
         survey|sondaggio|sondaggi|sondage|umfrage|encuesta|enkat|undersokning|security question|\
         in case of emergency|emergency contact|if something happens|next of kin",
    ),
    (
        Goal::Code,
        "confirm your email|verify your email|confirm your phone|verify your phone|\
         bekrafta din e post*|bekrafta din epost*|verifiera*|e mail bestatigen|\
         e mail adresse bestatigen|confirmez votre e mail|confirma tu correo*|\
         conferma la tua e mail|bevestig je e mail*|bekreft e posten*|bekraeft din e mail|\
         verify it s you|verify your identity|confirm it s you|confirm your identity|we sent*|\
         we texted*|text message|sent you a code|enter the code|6 digit*|six digit*|\
         step verification|second step|second factor|multi factor*|security check|\
         sakerhetskontroll|andra steget|skickat en kod|skrev in koden|ange koden|skriv koden|\
         sms med*|kod per sms|per sms|zweiter faktor|zweiter schritt|code ein|\
         identitat bestatigen|6 stellig*|sechsstellig*|verification en*|saisissez le code|\
         code a 6*|entrez le code|second facteur|introduce el codigo|codigo que*|segundo factor|\
         verificacion|verifica in*|inserisci il codice|introduza o codigo|digite o codigo|\
         verificacao|tweestaps*|twee staps*|code in die*|voer de code|bekreft koden|\
         skriv inn koden|indtast koden|bekraeft*|kaksivaiheinen|syota koodi|wpisz kod|podaj kod|\
         *2要素*|*ワンタイム*|*確認コード*|verification code|verification|enter code|enter your code|\
         enter one of your*|one time*|two step*|2 step*|two factor*|2 fa|2fa|otp|totp|mfa|\
         authenticator*|backup code*|passcode sent|digit code|code we*|check your inbox|\
         check your phone|check your email|code from*|code to|tvasteg*|tvafaktor*|engangskod*|\
         verifieringskod*|kod vi*|bestatigungscode|code geschickt|code gesendet|zwei faktor*|\
         zweistufig*|einmalcode|code eingeben|code recu*|code de verification|code par*|\
         deux etapes|double authentification|codigo de verificacion|por sms|dos pasos|\
         codice di verifica|due passaggi|codigo de verificacao|duas etapas|controlecode*|\
         verificatiecode|twee stappen|tofaktor*|totrinns*|totrins*|engangskode*|kaksivaihe*|\
         kertakaytto*|vahvistuskoodi|kod weryfikacyjny|dwuetapow*|kod sms|*認証コード*|*رمز التحقق*|\
         *2段階認証*",
    ),
    (
        Goal::Renew,
        "forgot*|reset*|recover*|change password|change your password|new password|set password|\
         set a new*|update password|lost password|glomt*|byt losenord*|andra losenord*|\
         nytt losenord|aterstall*|vergessen|zurucksetzen|passwort andern|kennwort andern|\
         neues passwort|neues kennwort|oublie*|perdu|reinitialis*|nouveau mot de passe|\
         changer de mot de passe|changer le mot de passe|modifier le mot de passe|olvid*|\
         recuper*|restablecer*|cambiar contrasena*|caducad*|nueva contrasena|dimenticat*|\
         reimposta*|cambia password|nuova password|esquec*|redefinir*|alterar senha|nova senha|\
         vergeten|wachtwoord wijzigen|wachtwoord herstellen|nieuw wachtwoord|glemt*|\
         tilbakestill*|nulstil*|bytt passord|nytt passord|skift adgangskode|ny adgangskode|\
         unohtu*|unohdi*|vaihda salasana*|uusi salasana|nie pamietam*|przypomn*|zmien haslo|\
         zmiana hasla|nowe haslo|*パスワードを忘れ*|*パスワード変更*|*再設定*|link anfordern|*نسيت*",
    ),
    (
        Goal::Guest,
        "als gast|as guest|as a guest|guest checkout|som gast|en tant qu invite|como invitado|\
         come ospite|als gast*|som gjest|som gaest",
    ),
    (
        Goal::SignUp,
        "signup|=join|join us|join the*|join free|join now|=prova|prova gratis|prova fritt|=alta|\
         =users|activate account|activate your account|activate my account|inscription|\
         inscrivez*|s inscrire|m inscrire|inscribirse|inscribete|inscricao|inscrever*|=registro|\
         registro de*|crea account|crea il tuo*|sign me up|create profile|create your profile|\
         create my*|open account|start your free*|make an account|new user|new member|become a*|\
         skapa mitt*|skapa profil|skapa anvandare|nytt konto|ny kund|ny anvandare|ga med|\
         neues konto|konto eroffnen|jetzt registrieren|mitglied werden|neukunde|nouveau compte|\
         ouvrir un compte|nouveau client|devenir membre|creation de compte|creation d un compte|\
         abrir cuenta|nueva cuenta|hazte socio|unete|nuovo account|nuovo utente|diventa*|\
         nova conta|criar a minha conta|abrir conta|nieuw account|account maken|maak een account|\
         word lid|lid worden|ny bruker|ny konto|bli kunde|lag konto|ny bruger|bliv medlem|\
         luo kayttajatili|liity|nowe konto|stworz konto|*新規会員*|*登録する*|*アカウントを作成*|*تسجيل جديد*|\
         sign up*|register|registering|registration|create account|create an account|\
         create your account|create user|create my account|new account|open an account|\
         start for free|start free|try free|get started|free trial|i m new|new customer|new here|\
         enroll|bli medlem|ny medlem|skapa konto|skapa ett konto|registrera*|bli kund|\
         konto erstellen|konto anlegen|registrieren|registrierung|mitmachen|neu hier|\
         creer un compte|creer mon compte|creez*|registrarme|registrarse|registrate|crear cuenta|\
         crear una cuenta|crea tu cuenta|date de alta|registrati|registrazione|crea un account|\
         iscriviti|cadastr*|criar conta|registar*|inscreva*|account aanmaken|maak je account*|\
         account activeren|registreren|opprett*|registrer*|opret*|bli medlem*|luo tili|\
         rekisteroidy|rekisterointi|zaloz konto|utworz konto|rejestracja|zarejestruj*|*会員登録*|\
         *新規登録*|*アカウント作成*|*إنشاء حساب*",
    ),
    (
        Goal::SignIn,
        "signing in|logging in|member login|members area|member area|your account|account login|\
         access your*|enter your password|sign into*|registered customers|existing customer*|\
         existing user*|logga pa|inloggad|identifiera dig|mina uppgifter|min sida|logg in|\
         einwahlen|anmelde*|zugang|sich anmelden|kunden login|mitgliederbereich|s identifier|\
         m identifier|identifiez vous|identifiant et*|acces client|acces a*|acces membre|\
         espace client|espace adherent*|espace personnel|deja inscrit|mi area|area de cliente*|\
         area cliente*|area personale|zona de socios|zona privada|acceso clientes|identificate|\
         ya tengo cuenta|login clienti|effettua il login|aceder|area reservada|area do cliente|\
         ja tenho conta|inlogpagina|mijn omgeving|log in op|mine sider|min konto|log pa|\
         selvbetjening|oma tili|omat tiedot|zaloguj sie|panel klienta|strefa klienta|*マイページ*|\
         *会員ログイン*|sign in*|signin|log in*|login*|log on|logon|sign on|signon|welcome back|\
         hello again|unlock*|authentication|authenticate|session|sessions|my account|returning*|\
         been here before|already registered|already have an account|logga in*|inloggning*|\
         mina sidor|mitt konto|anmelden*|anmeldung*|einloggen|bereits registriert*|mein konto|\
         ich habe ein konto|kundenlogin|connexion*|connecter*|identification|mon compte|acceder*|\
         deja client*|iniciar sesion|inicia sesion|acceso|entrar|entra|mi cuenta|ingresar|accedi|\
         accesso|entra*|area riservata|iniciar sessao|autentica*|acessar|inloggen|aanmelden*|\
         mijn account|logg inn|logg pa|innlogging*|min side|log ind|kirjaudu*|\
         sisaankirjautuminen|zaloguj*|logowanie|moje konto|*ログイン*|*サインイン*|*تسجيل الدخول*",
    ),
];

/// Buttons that go on to the next step.
pub(super) const ON: &str = "next|continue*|go on|nasta|fortsatt*|weiter*|suivant*|continuer|siguiente|continuar|\
         avanti|continua|seguinte|proximo|volgende|verder*|neste|naeste|seuraava|jatka*|dalej|\
         *次へ*|send me*|send link|mail me*";

/// Buttons that do something else than send what was typed.
pub(super) const ASIDE: &str = "=show|=hide|=visa|=mostra|=tonen|=toon|=vis|=nayta|=pokaz|=anzeigen|=reset|=clear|=help|\
         =copy|=back|=close|go back|more info*|learn more|what is this|=info|change language|\
         =edit|andra e post|not you|inte du|show password|show pin|hide password|reveal|toggle*|\
         visa losenord*|dolj*|verbergen|afficher|afficher le mot de passe|masquer|ver contrasena|\
         mostrar*|mostra password|nascondi*|toon wachtwoord|vis passord*|vis adgangskode|\
         nayta salasana|pokaz haslo|cancel|avbryt|abbrechen|annuler|cancelar|annulla|annuleren|\
         annuller|peruuta|anuluj|stang|schliessen|fermer|cerrar|chiudi|sluiten|lukk|luk|tillbaka|\
         zuruck|retour|resend*|send again|send the code again|renvoyer*|skicka igen|\
         erneut senden|reenviar*|hjalp|hilfe|aide";

/// Buttons that lead elsewhere, unless they send the form.
pub(super) const ELSEWHERE: &str = "forgot*|glomt*|vergessen*|oublie*|olvid*|dimenticat*|esquec*|vergeten|glemt*|\
         create account|create an account|use your*|use a*|use another*|try another*|call me*|\
         scan*";
