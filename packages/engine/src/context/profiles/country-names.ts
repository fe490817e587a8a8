/** What countries are called in a language, as the platform knows it. Made when a text in that language is first read. */

const codes =
  'AE AF AL AM AR AT AU AZ BA BD BE BG BO BR BY CA CH CL CN CO CR CU CZ DE DK DO DZ EC EE EG ES ET FI FR GB GE GH GR GT HN HR HU ID IE IL IN IQ IR IS IT JM JO JP KE KH KR KW KZ LA LB LK LT LU LV LY MA MD ME MG MK MM MN MT MV MX MY NG NI NL NO NP NZ OM PA PE PH PK PL PT PY QA RO RS RU SA SD SE SG SI SK SN SV SY TH TN TR TW TZ UA UG US UY UZ VE VN YE ZA'.split(
    ' ',
  );

/** Short names that are other words too: "チリ", "พ". */
const shortest = 2;

export function countryNames(language: string): string[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  return codes.flatMap((code) => {
    const name = names.of(code);
    return name === undefined || name.length < shortest || /[\s()（）]/.test(name) ? [] : [name];
  });
}
