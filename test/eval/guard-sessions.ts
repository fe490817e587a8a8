/**
 * A year with an assistant in many short sessions, for the suite: what was said once among much else, what an answer said, what changed
 * since, what adds up over sessions. Written for this project. Evidence of what changed is what was said last.
 */
import type { Corpus } from './eval-set.ts';
import { ask, conversation } from './guard-history.ts';

const year = [
  conversation('s02', '2024-01-15', [
    ['me', "Can you suggest a name for my sourdough starter? It's rye and rather moody."],
    [
      'assistant',
      'What fun! Some candidates:\n\n1. **Rye-an Gosling**: obviously.\n2. **Clint Yeastwood**: for a strong silent type.\n3. **Marguerite**: old-fashioned and a bit haughty.\n4. **Grumbles**: for the moods.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Marguerite it is. I feed her every morning at seven with 40 grams of flour.'],
    [
      'assistant',
      'Marguerite will thank you. A few feeding tips:\n\n1. **Ratio**: one part starter, one part flour, one part water by weight.\n2. **Temperature**: 24 degrees keeps her cheerful.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s03', '2024-01-22', [
    ['me', "My car's check engine light came on. It's a 2015 Skoda Octavia, diesel."],
    [
      'assistant',
      'That light can mean many things. In order of likelihood:\n\n1. **EGR valve**: soot build-up is common on this engine.\n2. **DPF**: short trips keep it from regenerating.\n3. **Glow plugs**: cold starts would be rough.\n4. **Loose fuel cap**: cheap to rule out.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', "The garage said EGR valve, 380 euros. I took it to Kowalski's on the ring road."],
    [
      'assistant',
      'That is a fair price for that part. To keep it from happening again:\n\n1. **Drive a long stretch weekly**: half an hour above 2,000 revs.\n2. **Use good fuel**: additives help a little.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s05', '2024-02-11', [
    ['me', "I'm on the waiting list for an allotment, number 14 on the list. What should I read meanwhile?"],
    [
      'assistant',
      'Reading while waiting is the best part. My picks:\n\n1. **The Well-Tempered Garden**: Christopher Lloyd, opinionated and funny.\n2. **Charles Dowding**: anything on no-dig beds.\n3. **Seed catalogues**: free and dangerous.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'I ordered the Lloyd book. I mostly want to grow artichokes and sweet peas.'],
    [
      'assistant',
      'Artichokes and sweet peas are a handsome pair:\n\n1. **Artichokes**: need a metre each way and three years of patience.\n2. **Sweet peas**: sow in October in root trainers for the best plants.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s06', '2024-02-20', [
    [
      'me',
      "How should I organise the handover for my colleague Bartek, who takes over the billing service while I'm on leave?",
    ],
    [
      'assistant',
      'A handover that survives contact with reality:\n\n1. **Runbook**: the five alarms that really happen, and what to do.\n2. **Shadowing**: he leads, you watch, for a week.\n3. **Contacts**: who at the bank answers the phone.\n4. **Decision log**: why the retry queue is the way it is.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'My leave is from 4 March to 29 March. The retry queue drops messages after 72 hours, he must know that.'],
    [
      'assistant',
      'I would put that in bold at the top. Then:\n\n1. **Alarm**: warn at 48 hours.\n2. **Replay script**: write down where it lives.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s07', '2024-03-02', [
    ['me', "I'm packing for Lisbon. We stay four nights in Alfama. What not to miss?"],
    [
      'assistant',
      'Alfama is lovely in early March:\n\n1. **Feira da Ladra**: the flea market on Tuesday and Saturday mornings.\n2. **Miradouro da Graca**: for the last light.\n3. **Tram 28**: before nine or not at all.\n4. **Ze da Mouraria**: bacalhau for two that feeds four; closed on Sundays.\n5. **Casa do Alentejo**: a courtyard nobody expects.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'My partner Ilse is vegetarian, so something without cod please.'],
    [
      'assistant',
      'Plenty for Ilse too:\n\n1. **Ao 26**: vegan petiscos in Chiado.\n2. **Jardim das Cerejas**: a buffet, simple and good.\n3. **The Food Temple**: in Mouraria, eat on the steps, book by message.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s08', '2024-03-18', [
    ['me', 'Update on running: did 5 km without stopping today, 34 minutes! Ankle is fine.'],
    [
      'assistant',
      'Congratulations, that is a real milestone! Next:\n\n1. **Keep two easy runs**: talk pace.\n2. **Add one longer run**: plus 500 metres a week.\n3. **Hills**: wait for a yes from your physio.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Dagny gave the all clear for hills. I signed up for the city 10k on 26 May.'],
    [
      'assistant',
      'Ten weeks is plenty. A shape for it:\n\n1. **Weeks 1-4**: build to 7 km.\n2. **Weeks 5-8**: one session with hills.\n3. **Last two weeks**: less, not more.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s10', '2024-04-06', [
    ['me', 'My landlord raised the rent from 980 to 1,060 euros. Is that allowed?'],
    [
      'assistant',
      'It depends on where you live. In general:\n\n1. **Notice**: must be in writing, with reasons.\n2. **Cap**: often 15 or 20 percent in three years.\n3. **Local rent index**: compare with similar flats.\n4. **Tenants association**: cheap and worth it.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', "I wrote an objection with the help of the tenants' association, my adviser there is Mrs. Oduya."],
    [
      'assistant',
      'Well done. Keep:\n\n1. **Copies**: of everything.\n2. **The old rent**: pay it under reserve until this is settled.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s13', '2024-05-10', [
    ['me', 'The landlord took back the increase, but from July the rent will be 1,010 euros. We agreed on that.'],
    [
      'assistant',
      'A decent compromise. Do these things:\n\n1. **In writing**: an addendum with the date.\n2. **Deposit**: need not grow with it.\n3. **Standing order**: change it in June.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', "Done. And I've been moved to number 6 on the allotment list!"],
    [
      'assistant',
      'That moves quickly! Start with:\n\n1. **Compost**: a heap can begin anywhere.\n2. **Tools**: a good fork and a hoe.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s14', '2024-05-27', [
    ['me', "I ran the city 10k yesterday: 1 hour 3 minutes and 12 seconds. Everything hurts and I'm happy."],
    [
      'assistant',
      'Fantastic! Now recover:\n\n1. **Two days**: walk only.\n2. **Sleep**: the cheapest physio there is.\n3. **Food**: salt and potatoes.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', "I'd like to try a half marathon in October. Ilse wants to come along on the bike."],
    [
      'assistant',
      'A fine plan for October:\n\n1. **Base**: 30 km a week by August.\n2. **Long runs**: up to 18 km.\n3. **Ilse**: can carry the water.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s16', '2024-06-18', [
    ['me', "What does 'idempotent' mean for our payment endpoint, in two sentences?"],
    [
      'assistant',
      'An idempotent endpoint gives the same result however often the same request arrives. For payments that means a key sent by the client, kept for as long as a retry may come, so that a card is charged once.',
    ],
    ['me', 'We keep the key for 24 hours. Bartek wants seven days.'],
    [
      'assistant',
      'Both can be right:\n\n1. **24 hours**: less to store.\n2. **Seven days**: safe over a weekend with a broken queue.\n3. **Compromise**: keep the key as long as the retry queue keeps messages.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s19', '2024-07-29', [
    ['me', 'My manager is Fenna since today, Joachim left for Rotterdam. How do I start well with a new manager?'],
    [
      'assistant',
      'First weeks matter:\n\n1. **One page**: what you do, what you need.\n2. **Ask**: how she likes to be told bad news.\n3. **Rhythm**: half an hour a week.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'She likes short written updates on Fridays.'],
    [
      'assistant',
      'Then:\n\n1. **Three lines**: done, next, stuck.\n2. **No slides**: ever.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s20', '2024-08-12', [
    ['me', "Got the allotment! Plot 27, next to the beehives. It's overgrown with bindweed."],
    [
      'assistant',
      'Congratulations! Against bindweed:\n\n1. **Cardboard**: cover half for a season.\n2. **Fork**: never a spade, it cuts roots into more plants.\n3. **Patience**: two years.\n4. **Bees**: do not disturb them before ten.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'The yearly fee is 145 euros and the key is with Mr. Pettersen.'],
    [
      'assistant',
      'A fair fee. First month:\n\n1. **Water**: find the tap.\n2. **Neighbours**: bring cake.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s22', '2024-09-09', [
    [
      'me',
      "Switched jobs inside the company: since 1 September I'm on the fraud team, no longer on billing. What should I learn first?",
    ],
    [
      'assistant',
      'Congratulations! For fraud:\n\n1. **Precision and recall**: in the currency of false alarms.\n2. **Graphs**: rings show as dense parts.\n3. **Labels**: come late, by chargebacks.\n4. **Talk**: sit with the analysts for a week.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'The team lead is Oluwaseun and we use a rules engine written in Kotlin.'],
    [
      'assistant',
      'Then:\n\n1. **Read the rules**: by how often they fire.\n2. **Shadow mode**: new rules run silently first.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s24', '2024-10-14', [
    ['me', 'Half marathon done yesterday in 2 hours 11! I walked through the aid stations.'],
    [
      'assistant',
      'What a year! Rest now:\n\n1. **A week**: no running.\n2. **Write down**: what worked.\n3. **Next**: whatever you like, or nothing.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Blisters on both heels though. And the starter died while we were away, poor Marguerite.'],
    [
      'assistant',
      'I am sorry for Marguerite. To begin anew:\n\n1. **Dried flakes**: did you keep some?\n2. **Friends**: ask who has her children.\n3. **Heels**: zinc tape next time.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s26', '2024-11-05', [
    ['me', 'I need to renew my passport before our trip to Georgia. It expires on 3 December 2024.'],
    [
      'assistant',
      'Do it now:\n\n1. **Appointment**: early mornings have gaps.\n2. **Photo**: biometric, not older than six months.\n3. **Express**: three days for a surcharge.\n4. **Georgia**: needs it valid for the whole stay only.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Got an express one, 92 euros. We fly on 19 December to Tbilisi with a stop in Warsaw.'],
    [
      'assistant',
      'Lovely. In Tbilisi in December:\n\n1. **Sulphur baths**: in Abanotubani, book a private room.\n2. **Food**: lobio and khachapuri for both of you.\n3. **Cafe Littera**: in the garden of the writers house.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s27', '2024-11-18', [
    ['me', 'The Skoda failed inspection, rust on the rear axle. Sell or repair? They want 1,400 euros.'],
    [
      'assistant',
      'Compare:\n\n1. **Value**: perhaps 5,000 with a new sticker.\n2. **Repair**: 1,400, and next year?\n3. **Without a car**: count your trips.\n4. **Car sharing**: 25 euros a month where you live.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'We sold it for 2,100 to Kowalski and joined the car sharing.'],
    [
      'assistant',
      'A brave step:\n\n1. **First month**: note each trip.\n2. **Allotment**: a cargo bike rides there too.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s29', '2025-01-07', [
    [
      'me',
      'Marguerite lives! My neighbour Sunniva had kept a jar of her. Feeding her only twice a week now, from the fridge.',
    ],
    [
      'assistant',
      'Wonderful news. From the fridge:\n\n1. **Feed**: the evening before baking.\n2. **Smell**: of apples is good, of glue is hungry.\n3. **Spare**: dry some flakes this time.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'First loaf came out flat, what went wrong?'],
    [
      'assistant',
      'Most likely:\n\n1. **Cold starter**: give it two feedings at room temperature.\n2. **Under-proofed**: poke test.\n3. **Flour**: rye needs more water.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s32', '2025-02-16', [
    ['me', 'Ilse is vegan now, not only vegetarian. What do I cook on Tuesdays when she comes home late?'],
    [
      'assistant',
      'Warm and quick:\n\n1. **Dal**: red lentils, twenty minutes.\n2. **Peanut noodles**: from the cupboard.\n3. **Mapo tofu**: with mushrooms.\n4. **Bean chili**: better the day after.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Peanut noodles were a success, she wants them every week.'],
    [
      'assistant',
      'To vary:\n\n1. **Lime leaves**: one is enough.\n2. **Crunch**: cucumber and roasted seeds.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s33', '2025-03-03', [
    ['me', 'My weight on the bar: I squat 60 kilos now, five times five. Started the gym in January for the knees.'],
    [
      'assistant',
      'Solid! Go on:\n\n1. **Add 2.5 kg**: a week while it is easy.\n2. **Depth**: film a set.\n3. **Knees**: keep the step-downs.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Coach at the gym is Priyanka, sessions on Mondays and Thursdays.'],
    [
      'assistant',
      'Good rhythm.\n\n1. **Running**: on the other days.\n2. **Sleep**: again.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s35', '2025-03-30', [
    ['me', 'Deadlift 80, squat 70 now. Knees are quiet when I run.'],
    [
      'assistant',
      'Great progress!\n\n1. **Deload**: every fifth week.\n2. **Runs**: strides after easy days.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', 'Signed up for a trail run of 15 km in the Ardennes on 14 June.'],
    [
      'assistant',
      'A new kind of run:\n\n1. **Descents**: practise, short steps.\n2. **Shoes**: with lugs.\n3. **Poles**: not needed.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
  conversation('s36', '2025-04-12', [
    ['me', 'Bartek quit. The billing service goes to a contractor called Lumen Systems. Anything I should hand on?'],
    [
      'assistant',
      'From what you told me:\n\n1. **Retry queue**: how long it keeps messages.\n2. **Idempotency key**: how long it is kept.\n3. **Bank contacts**: a number that somebody answers.\n\nLet me know if you would like to go deeper into any of these.',
    ],
    ['me', "I wrote them two pages. They raised the retry queue's limit to 120 hours."],
    [
      'assistant',
      'Then also:\n\n1. **Key**: should be kept as long.\n2. **Alarm**: at 80 percent of that.\n\nLet me know if you would like to go deeper into any of these.',
    ],
  ]),
];

export const sessionCorpus: Corpus = {
  id: 'sessions',
  conversations: year,
  questions: [
    ask('s-1', 'information_extraction', 'What kind of engine does my car have?', 's03:0'),
    ask('s-2', 'information_extraction', 'Where did I get the car fixed and what did it cost?', 's03:2'),
    ask('s-3', 'information_extraction', 'When does my time off work begin?', 's06:2'),
    ask('s-4', 'information_extraction', 'Who advised me about the increase of my rent?', 's10:2'),
    ask(
      's-5',
      'information_extraction',
      'Which vegetables and flowers did I hope to grow before I had a plot?',
      's05:2',
    ),
    ask('s-6', 'information_extraction', 'How does my new boss want to be informed?', 's19:2'),
    ask('s-7', 'information_extraction', 'Who keeps the key to the garden?', 's20:2'),
    ask('s-8', 'information_extraction', 'At which airport do we change planes on the way to the Caucasus?', 's26:2'),
    ask('s-9', 'information_extraction', 'Who trains me with weights, and on which days?', 's33:2'),
    ask('s-10', 'assistant', 'Which restaurant in Lisbon did you say is closed on Sundays?', 's07:1'),
    ask('s-11', 'assistant', 'Remind me of the vegan place in Chiado that you recommended.', 's07:3'),
    ask('s-12', 'assistant', 'Which names did you suggest for my starter besides Marguerite?', 's02:1'),
    ask('s-13', 'assistant', 'Which flea market days did the assistant name?', 's07:1'),
    ask('s-14', 'assistant', 'What was the first book on gardening in the list I was given?', 's05:1'),
    ask('s-15', 'assistant', 'Where in Tbilisi were we told to go for baths?', 's26:3'),
    ask('s-16', 'assistant', 'What compromise was proposed for how long to keep the payment key?', 's16:3'),
    ask('s-17', 'knowledge_update', 'How much is my rent now?', 's13:0'),
    ask('s-18', 'knowledge_update', 'What is my place on the allotment waiting list?', 's13:2'),
    ask('s-19', 'knowledge_update', 'How often do I feed my sourdough starter these days?', 's29:0'),
    ask('s-20', 'knowledge_update', 'Which team do I work on at the moment?', 's22:0'),
    ask('s-21', 'knowledge_update', 'Who is my current manager?', 's19:0'),
    ask('s-22', 'knowledge_update', 'What does Ilse eat?', 's32:0'),
    ask('s-23', 'knowledge_update', 'How much do I squat currently?', 's35:0'),
    ask('s-24', 'knowledge_update', 'After how many hours does the retry queue drop messages?', 's36:2'),
    ask('s-25', 'knowledge_update', 'What is my longest run?', 's24:0'),
    ask('s-26', 'knowledge_update', 'Do I still own the Skoda?', 's27:2'),
    ask(
      's-27',
      'multi_session',
      'How many races have I finished or signed up for?',
      's08:2',
      's14:0',
      's24:0',
      's35:2',
    ),
    ask('s-28', 'multi_session', 'How much have I spent on the car and what did I get for it?', 's03:2', 's27:2'),
    ask('s-29', 'multi_session', 'Which people at work have I mentioned?', 's06:0', 's19:0', 's22:2', 's36:0'),
    ask('s-30', 'temporal', 'What did I run first, the 10k or the half marathon, and when?', 's14:0', 's24:0'),
    ask('s-31', 'temporal', 'How many days passed between my race in May and getting the plot?', 's14:0', 's20:0'),
    ask('s-32', 'temporal', 'Which trip did I plan in November 2024?', 's26:0', 's26:2'),
    ask('s-33', 'temporal', 'How long after I moved to fraud did Bartek leave?', 's22:0', 's36:0'),
    ask('s-34', 'preference', 'Suggest a dish for dinner with my partner.', 's32:0', 's07:2'),
    ask('s-35', 'preference', 'Any tips for what to do on the weekend in Tbilisi?', 's26:2'),
  ],
};
