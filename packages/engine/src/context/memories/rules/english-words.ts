/** Words English rules are made of: how a sentence of somebody about themselves begins, and trades. Data; pure. */

/** Said of oneself, and not supposed, asked or told of another. */
export const i = (body: string, flags = 'u') =>
  new RegExp(
    String.raw`(?<!\b(?:should|can|could|do|did|would|may|might|will|shall|must|if|when|whether|unless|until|where|while|before|that|wish|how|what|why|which|because) )\b[Ii]${body}`,
    flags,
  );
export const adverbs = `(?: (?:currently|now|still|also|actually|just|recently|finally|already|originally|personally|usually|mostly|mainly))*`;
export const am = `(?:'m|’m| am)${adverbs}`;
export const have = `(?:'ve|’ve| have)?${adverbs}`;
export const job = String.raw`(?<value>(?:(?:senior|junior|lead|staff|principal|freelance|retired|registered|software|hardware|data|product|project|graphic|web|mobile|mechanical|electrical|civil|primary|secondary|high|middle|elementary|school|trainee|physics|maths?|history|english|science|music|art|pastry|head|research|clinical|nurse|social|real|estate|full-stack|front-?end|back-?end|devops|machine|learning|security|marketing|sales|account|business|financial|legal|medical|dental|veterinary|truck|bus|taxi|film|sound|video|game|technical|content|ux|ui|interior|fashion|hr|operations|general|family|self-employed|part-time) )*(?:accountant|actor|actress|analyst|animator|architect|artist|attorney|author|baker|banker|barber|barista|bartender|biologist|bookkeeper|builder|butcher|carpenter|chef|chemist|cleaner|coach|composer|consultant|contractor|cook|copywriter|counsel+or|dancer|dentist|designer|developer|director|doctor|driver|economist|editor|electrician|engineer|entrepreneur|farmer|firefighter|florist|founder|freelancer|gardener|geologist|hairdresser|historian|illustrator|journalist|judge|lawyer|lecturer|librarian|linguist|manager|mathematician|mechanic|midwife|musician|nanny|nurse|nutritionist|officer|optician|painter|paralegal|paramedic|pharmacist|photographer|physicist|physiotherapist|pilot|plumber|police officer|postdoc|producer|professor|programmer|psychologist|psychiatrist|radiologist|realtor|recruiter|researcher|salesperson|scientist|secretary|singer|social worker|soldier|statistician|student|surgeon|tailor|teacher|technician|therapist|translator|tutor|veterinarian|vet|waiter|waitress|welder|writer))\b`;
