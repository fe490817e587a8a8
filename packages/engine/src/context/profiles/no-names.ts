/** Capitalised words that are no names, or none alone. Data. */

/** Capitalised words that name nothing: how sentences begin, titles of parts, roles, acronyms of everyday technology. */
export const notNames = new Set(
  `I OK Okay Yes No Mom Mum Dad Grandma Grandpa Hey Hi Hello Thanks Wow Yeah Yep Yup Nah Oh Ah Haha Lol Btw Sure Certainly Absolutely Congrats
  Bye Cheers God Christmas Easter Step Part Chapter Section Figure Table Note Example Option Question Answer Day Week Month Year Time Anchor
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
  January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
  AM PM TV PC CEO CTO HR UI UX ID URL URLs PDF FAQ DIY ASAP FYI TODO USA UK EU US AI API APIs HTML CSS JSON XML HTTP HTTPS SQL CSV SEO
  English French German Spanish Italian Portuguese Dutch Chinese Japanese Korean Russian Arabic Hindi American British European Asian
  Mr Mrs Ms Dr Prof Sir Internet Web User Users Master Masters Bachelor Bachelors Degree PhD Time Goal Task Tasks Title Name Date City State Company Location Email Link Human Assistant System
  Celsius Fahrenheit Kelvin USD EUR GBP JPY CHF UTC CET CEST GMT EST PST PDT EDT MVP BMI Physics Chemistry Biology Math Maths Mathematics Algebra Geometry Calculus Statistics Geography Economics Philosophy Psychology`.split(
    /\s+/,
  ),
);

/** Words that name nothing alone and may be part of a name, "Turkish Airlines": measures, languages, days of other languages. */
export const notAlone = new Set(
  `Pounds Pound Euros Euro Dollars Dollar Yen Grams Gram Kilograms Kilogram Meters Metres Miles Inches Liters Litres Polish Swedish Danish Norwegian
  Finnish Greek Turkish Czech Hungarian Romanian Ukrainian Hebrew Persian Thai Vietnamese Indonesian Latin Swiss Austrian Mexican Brazilian Canadian Australian
  Indian African Irish Scottish Catalan Bengali Urdu Tamil Swahili Mandarin Cantonese Esperanto Country Double Encrypt Input Output Error Warning Total Morning Evening Weekend
  Spring Winter Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März Juni Juli Oktober Dezember Englisch Deutsch Französisch Spanisch
  Italienisch Lunes Martes Miércoles Jueves Viernes Sábado Domingo Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche Inglés Français Anglais Español`.split(
    /\s+/,
  ),
);

/** How sentences begin. */
export const adverb = /^\p{L}+(?:fully|ously|ately|antly|ently|edly|ingly|ically|ately)$/u;
/** What such a thing is called, without which one. */
export const kindOnly =
  /^(?:University|College|School|Institute|Bank|Hospital|Group|Studio|Studios|Street|Avenue|Road|Park|Town|Island|Beach|Lake|River|Mountain|Airport|County|Library|Museum|Conference|Festival|Summit|Association|Society|Council|Church|Club|Fund|Department|Project|Projects|Skills|Contact|Team|Event|Product|App|Book|Editor|Producer|Director|Manager|Instructor|Professor|Doctor|President|Guild|Media|Press)$/;
