import type { Sentences } from './sentences.ts';

export const ENGLISH: Sentences = {
  steps: {
    enquiry: [
      [
        'Enquiry about {car}',
        'Saw {car} in the street and wants to know the price in {colour}. Drives {old} so far, about {km} km a year.',
      ],
      [
        'Interested in {car}',
        'Looking to replace {old}, needed by {month}. Matters most: big boot, low loading edge. Undecided between buying and leasing.',
      ],
      [
        'First talk about {car}',
        'Calls about the advertisement. Budget about {price}, part exchange {old}. The partner decides too, so evenings are better.',
      ],
      [
        'Asks how soon {car} can be had',
        'Does not want to wait long: “I have to be driving in {month}.” A stock car in {colour} would do, trim comes second.',
      ],
    ],
    enquiryBack: [
      [
        'Called back with prices',
        'Went through the papers for {car}. Likes the rate of {rate}, prefers a small deposit. Above all wants to drive it once.',
      ],
      [
        'Called back on the enquiry',
        'Rough value for {old} given, pleasantly surprised. Wants papers by e-mail, then a date.',
      ],
      [
        'Equipment settled',
        'Tow bar and heated seats are a must, the rest does not matter. Asked twice about consumption on the motorway.',
      ],
    ],
    testDrive: [
      [
        'Test drive {car}',
        'Out for a good hour, motorway included. Gets out laughing: “I did not expect it to be this quiet.” Seat fits well.',
      ],
      [
        'Test drive {car}',
        'Came with the children, tried both child seats, plenty of room. The rear camera won them over.',
      ],
      [
        'Test drive {car}',
        'Drives calmly, asks a lot. Does not like working the touch screen, likes the rest. Wants to sleep on it.',
      ],
      [
        'Test drive {car}',
        'Sceptical at first, far more open after the country road. Asked for {colour} on the spot.',
      ],
    ],
    offer: [
      [
        'Offer for {car}',
        'Talked through the offer of {price}, part exchange of {old} included. Wants to compare with the bank.',
      ],
      [
        'Offer for {car}',
        'Sent two versions: purchase at {price} or leasing at {rate} a month. Leans to leasing, waits for the tax adviser.',
      ],
      [
        'Followed up the offer',
        'Has read the offer, {price} is “at the limit”. Winter wheels on top would help.',
      ],
    ],
    negotiate: [
      [
        'Negotiating {car}',
        'Has another offer, 600 € lower. Would rather stay with us because the workshop is round the corner. Offered winter wheels.',
      ],
      [
        'Question about the offer',
        'Wants to know whether delivery is in the price. Yes, all of it. Sounded relieved.',
      ],
      [
        'Question about finance',
        'Worked out 48 instead of 36 months, rate now {rate}. Will talk it over at home this weekend.',
      ],
    ],
    won: [
      [
        'Yes to {car}',
        'Takes {car} in {colour}. “Let us do it, then.” Contract goes out today, {old} comes in at handover.',
      ],
      [
        'Contract for {car}',
        'Contract signed, {price}. Visibly pleased, has already measured the parking space.',
      ],
      [
        'Ordered: {car}',
        'Decided after {colleague} explained the rate once more. Wish for a number plate noted.',
      ],
    ],
    ordered: [
      ['Order confirmed', '{car}, {colour}, {price}. Delivery according to the factory: {month}.'],
      [
        'Order confirmation sent',
        '{car} ordered, we take care of registration. Winter wheels are ready.',
      ],
    ],
    waiting: [
      [
        'Asks about delivery',
        'Only wanted to hear whether {month} still stands. It does. Would like to be told a week ahead.',
      ],
      [
        'State of the order',
        'The car is built and on its way. Was glad that we called without being asked.',
      ],
      [
        'Question about registration',
        'Went through the registration papers, the insurance number is missing. Will send it.',
      ],
    ],
    delivered: [
      [
        'Handover of {car}',
        'Handover with introduction, nearly an hour and a half. The flowers on the seat went down well. Family came along.',
      ],
      [
        'Delivery of {car}',
        'Handed over on time, charging cable and mats included. Phone paired, assistants explained.',
      ],
      [
        'Handover of {car}',
        'Handover without hurry, as wished. Took photographs and sent them off at once.',
      ],
    ],
    afterDelivery: [
      [
        'Four weeks later',
        'Very happy, above all with the lights. The lane assistant beeps too often: showed how to turn it down.',
      ],
      [
        'Asked after the handover',
        'All well. “I like getting in every morning.” Consumption is even below the figure given.',
      ],
      [
        'Asked after the handover',
        'Content, the app stuck at first and works now. Thanked us for the call, had not expected it.',
      ],
      [
        'Four weeks later',
        'All fine, has not driven much yet. Asks about a roof rack for {month}.',
      ],
    ],
    delayTold: [
      [
        '{car} delayed',
        'Factory reports six weeks of delay, new date {month}. Called of our own accord. Took it calmly but sounded disappointed.',
      ],
      [
        'New delivery date for {car}',
        'Date slips to {month}. “This is the second time I hear that.” Wants to know who pays for the hire car.',
      ],
      [
        '{car} delayed',
        'Told about the delay, missing chips. Needs the car for the holidays, audibly let down.',
      ],
    ],
    delayAngry: [
      [
        'Complaint about the delay',
        '“You gave me that date in writing.” Feels put off, says nobody called. Rightly so: a call had been promised.',
      ],
      [
        'Angry about the delivery date',
        'Very angry, has sold the old car and takes the bus. Let the customer finish, apologised, raised the idea of a loan car.',
      ],
      [
        'Complaint about the delay',
        'Threatens to withdraw. Wants a date, no more explanations. Passed on to the head of sales.',
      ],
    ],
    delaySolved: [
      [
        'Delay made good',
        'Loan car free until handover, and the first service on us. “Now that is a word.” Clearly reconciled.',
      ],
      [
        'Firm date given',
        'The car is in the port, handover date firm. Relieved, thanks us for the honest call.',
      ],
      ['Delay made good', 'Stock car with better trim for the same price. Had not expected that.'],
    ],
    lostPrice: [
      [
        'No to {car}',
        'The offer ended above the budget. Friendly in tone, will come back next time.',
      ],
      [
        'Decided against {car}',
        'Did the sums and lets it be: {rate} a month is too much while the house is being rebuilt.',
      ],
    ],
    lostElsewhere: [
      [
        'Bought elsewhere',
        'Signed with the dealer in the next town, who had {colour} in the yard. Regrets it a little.',
      ],
      ['No to {car}', 'Takes the employer’s car. Found our advice good and said so.'],
    ],
    lostLater: [
      ['Purchase postponed', '{old} passed its inspection once more. Will look again next year.'],
      [
        'Purchase put off',
        'Changed jobs and goes by train now. A call in {month} is expressly welcome.',
      ],
    ],
    serviceBooked: [
      [
        'Service booked',
        'Service on {weekday}, brings the car at eight. Waits here with the laptop, needs a socket and quiet.',
      ],
      [
        'Workshop date',
        'Main inspection is due, and there is a stone chip in front. Loan car reserved.',
      ],
      [
        'Oil service booked',
        'Short call, {weekday} early. Asks whether the wipers can be done at the same time.',
      ],
      ['Service moved', 'Child is ill, moved to {weekday}. Glad that it went without fuss.'],
    ],
    serviceDone: [
      ['Service done', 'All in order, brake pads good for another {km} km. Car returned washed.'],
      [
        'Collected from the workshop',
        'Stone chip mended, inspection passed. Was pleased at the quick work.',
      ],
      ['Service finished', 'Oil and wipers done, stayed below the estimate.'],
      [
        'Collected after service',
        'Had to wait twenty minutes because the invoice was missing. Took it with humour.',
      ],
    ],
    serviceFollowUp: [
      ['After the workshop', 'Asked whether all is well. Yes, the noise in front is gone.'],
      ['After the service', 'Content. Told about a holiday by the sea, {km} km without trouble.'],
      [
        'After the workshop',
        'All good, only the clock still shows summer time. Set it together over the telephone.',
      ],
    ],
    tyresMail: [
      ['Wheel change', 'Sent a reminder, wheels are stored with us, tread in front 4 mm.'],
      ['Reminder: winter wheels', 'Told about the wheel change, with three dates to choose from.'],
    ],
    tyresBooked: [
      ['Wheel change booked', 'Comes on {weekday} at half past seven and waits.'],
      ['Wheel change', 'New tyres needed, price given, agreed. No cheap brand, please.'],
      ['Wheel change', 'Date confirmed. Brings their own coffee: “Yours cannot be drunk.”'],
    ],
    invoiceComplaint: [
      [
        'Complaint about an invoice',
        'Invoice 240 € above the estimate, nobody called first. Furious: “That is no way to treat people.”',
      ],
      [
        'Angry about an invoice',
        'Charged two hours of fault finding although under warranty. Feels cheated.',
      ],
      [
        'Complaint about an invoice',
        'Got a reminder although it is paid. Third call about it, told the story from the start each time.',
      ],
      ['Invoice disputed', 'Cannot follow 48 € of small parts. Sharp in tone, right in substance.'],
    ],
    invoiceChecked: [
      [
        'Invoice checked',
        'Talked to accounts: the estimate was not brought up to date. Passed that on.',
      ],
      [
        'Invoice, where it stands',
        'The warranty claim is with the factory, head of the workshop is away until {weekday}. Accepted, no more than that.',
      ],
      [
        'Looking for the payment',
        'Got the transfer slip, accounts are looking for the money. Will report by {weekday}.',
      ],
      [
        'Invoice checked',
        'The workshop opened the list of parts, two items are there twice. We should have seen that.',
      ],
    ],
    invoiceSolved: [
      [
        'Invoice corrected',
        'Credit note made, apologised in person. “Thank you for staying with it.”',
      ],
      ['Invoice settled', 'Amount paid back, and a wheel change on us. Audibly relieved.'],
      [
        'Reminder withdrawn',
        'The payment had been booked wrongly, all even now. On good terms again.',
      ],
      [
        'Invoice corrected',
        'Removed the double items, paid back 48 €. It was never about the money, the tone says now.',
      ],
    ],
    defectReported: [
      [
        'Defect on {car}',
        'Rattle at the rear left above 80 km/h since the third week. “A new car must not do that.”',
      ],
      [
        'Complaint about {car}',
        'Screen stays black, a restart helps only briefly. Disappointed, because the handover had been so nice.',
      ],
      [
        'Defect on {car}',
        'Water in the boot after rain. Sent photographs. Wonders whether the purchase was right.',
      ],
      [
        'Complaint about {car}',
        'Speck in the paint of the driver’s door, noticed at home only. More annoyed with themselves than with us.',
      ],
    ],
    defectTried: [
      [
        'Workshop, first attempt',
        'Panel fastened, nothing found on the test drive. Remains doubtful.',
      ],
      ['Workshop, diagnosis', 'Fault read out, part ordered. Loan car until {weekday}.'],
      [
        'Workshop, leak test',
        'Drain cleaned and tested with a hose, one corner stays damp. Seal ordered.',
      ],
      [
        'Paint looked at',
        'The painter has seen the spot, the door is done on {weekday}. Loan car is ready.',
      ],
    ],
    defectSolved: [
      [
        'Defect repaired',
        'Found the cause, changed the bracket, drove it together. Silence. “At last someone who listens.”',
      ],
      ['Complaint settled', 'Control unit replaced, two weeks without a failure. Relieved.'],
      ['Defect repaired', 'New seal, boot dried, carpet replaced. Said thank you with chocolates.'],
      [
        'Paint put right',
        'Door painted anew, looked at it together in the sun: nothing to be found. Content.',
      ],
    ],
    leasingEnd: [
      [
        'Leasing runs out',
        'Contract ends in {month}. Explained the return and the choices. Can imagine {car}, is in no hurry.',
      ],
      [
        'Talked about the end of leasing',
        'Return in {month}, {km} km below the limit. Thinks about keeping the car.',
      ],
      ['End of leasing', 'Does not want to sign again at once. Date for the appraisal agreed.'],
    ],
    leasingWorry: [
      [
        'Worried about the return',
        'Has read about high charges at the end. Two dents, one scratched wheel. Loses sleep over it.',
      ],
      [
        'Return and extra kilometres',
        'Is above the agreed distance and fears the worst. Needs a figure, not soothing words.',
      ],
      [
        'Questions about the return',
        'Unsure who appraises and whether one may be there. Thinking about the windscreen.',
      ],
      [
        'Worried about the final bill',
        'Friends had to pay 1,800 € more. Asks for an honest estimate before the appointment.',
      ],
    ],
    leasingAnswered: [
      [
        'Return settled',
        'The dents count as wear, only the wheel costs about 120 €. Noticeably easier at heart.',
      ],
      [
        'Extra kilometres worked out',
        'Comes to 214 €, confirmed in writing. Had expected three times as much.',
      ],
      [
        'Explained how the return goes',
        'The appraiser comes to the house, the customer may be there. Wrote it all down and sent it.',
      ],
      [
        'Final bill estimated',
        'Looked at the car ourselves beforehand: 260 € at most, in writing. One could hear the relief.',
      ],
    ],
    chargingWorry: [
      [
        'Range in winter',
        'Doubts about changing over: commutes 140 km, garage without a strong supply. Wants to know what is really left in January.',
      ],
      [
        'Question about a wall box',
        'The owners of the house hesitate about the cable. Afraid of having nowhere to charge in the end.',
      ],
      [
        'Worried about the battery',
        'Has read about costly replacement. Asks about the warranty and the value after eight years.',
      ],
      [
        'Charging on the way',
        'Visits the parents four times a year, 620 km. Unsure whether that works with two children.',
      ],
    ],
    chargingAnswered: [
      [
        'Range worked out',
        'Showed winter figures from our own cars: 290 km at five below zero. Enough for there and back.',
      ],
      [
        'Wall box settled',
        'The electrician was there, a cable is possible, 1,350 €. The managers agree.',
      ],
      [
        'Warranty explained',
        'Eight years or 160,000 km on the battery, in writing. That is what had been missing.',
      ],
      [
        'Route planned',
        'Worked out the trip to the parents with two stops, both near playgrounds. Will try it at Easter.',
      ],
    ],
    accident: [
      [
        'Accident reported',
        'Was hit from behind, still at the spot, trembling. Nobody hurt. Sent a tow truck, stayed on the line.',
      ],
      [
        'Accident damage',
        'Hit a deer last night, front badly damaged. Does not know what the insurance pays and needs a car tomorrow.',
      ],
      [
        'Accident in a car park',
        'The daughter drove {car} against a post and hardly dares to call. Calmed her down first.',
      ],
    ],
    accidentCar: [
      [
        'Loan car provided',
        'The loan car has been at the door since eight. We do the paperwork with the insurance.',
      ],
      ['Damage recorded', 'The appraiser was here, a repair makes sense. Loan car for two weeks.'],
    ],
    accidentDone: [
      [
        'Repair finished',
        'Car is back, nothing to be seen. “I would not have known what to do without you.”',
      ],
      ['Accident settled', 'The insurance paid for everything. Expressly thanks {colleague}.'],
    ],
    referral: [
      [
        'Recommendation',
        'Recommended us to a brother-in-law, who will call next week. In very good spirits.',
      ],
      [
        'Praise and recommendation',
        'Only calls to say thank you. The neighbour comes for a test drive.',
      ],
      ['Recommended at the club', 'Talks about us at tennis, two people want to drive {car}.'],
    ],
    checkIn: [
      [
        'Checked in',
        'Called without a reason. Was pleased, all is well. The daughter is learning to drive.',
      ],
      [
        'Short call',
        'Car runs, {km} km since the purchase. Thinks about a second car, not before {month}.',
      ],
      ['Checked in', 'Was in a hurry, in the middle of moving house. New address noted.'],
      ['Checked in', 'Pleasant talk, nothing open. Will come by in autumn about a tow bar.'],
    ],
    noAnswer: [
      ['Not reached', 'No answer at this hour, try again later.'],
      ['Not reached', 'Voicemail, asked for a call back.'],
      ['Not reached', 'Rings through. Second attempt {weekday} after five.'],
    ],
    remark: [
      ['Note', '{detail}'],
      ['Note on the customer', '{detail} Keep it in mind for the next talk.'],
      ['File note', '{detail} Passed on by {colleague}.'],
    ],
    fleetEnquiry: [
      [
        'Enquiry: {n} × {car}',
        'Looking for {n} cars for the field staff, leasing over 36 months. The owner decides alone.',
      ],
      [
        'Fleet: {n} × {car}',
        'Three cars run out in {month}. Matters most: shelves, lettering, everything from one hand.',
      ],
      [
        'Enquiry about vans',
        'The firm grows and needs {n} × {car}. Asks about grants and for one person to talk to.',
      ],
    ],
    fleetVisit: [
      [
        'Visit to the firm',
        'Was on site, looked at the yard and the charging points. Fitters tried the seats, good mood.',
      ],
      ['Showed {car}', 'Lent for two days. Loading height suits a pallet.'],
      [
        'Visit to the firm',
        'Talked with management and accounts. They want the residual values in writing.',
      ],
    ],
    fleetOffer: [
      [
        'Offer for {n} × {car}',
        'Offer of {price} for each car, maintenance included. Compares with a supplier on the net.',
      ],
      [
        'Offer revised',
        'Rate {rate} for each car at {km} km a year. Asks for an answer by {weekday}.',
      ],
    ],
    fleetOrdered: [
      ['Order for {n} × {car}', 'Order received in writing, delivery in steps from {month} on.'],
      ['Fleet order', '{n} cars ordered, lettering follows. {colleague} remains the contact.'],
    ],
    fleetDelivered: [
      ['Fleet handed over', 'All cars handed over, drivers introduced. Fuel cards were ready.'],
      [
        'Company cars delivered',
        'Handover in the firm’s yard; one shelf was crooked and put right at once.',
      ],
    ],
    fleetInvoice: [
      ['Question about the invoice', 'Accounts need the invoice split by cost centre.'],
      ['Collective invoice', 'Asks for one invoice a month instead of one per car.'],
    ],
    fleetFollowUp: [
      [
        'Fleet talk',
        'Runs smoothly, one driver complains about the seat. Two more cars planned for next year.',
      ],
      ['Quarterly talk', 'One day lost in the quarter. The owner praises the pick-up service.'],
      [
        'Fleet talk',
        'Thinks about electric cars for the town drivers. Wants figures, not brochures.',
      ],
    ],
    fleetLost: [
      [
        'Fleet declined',
        'Head office made a framework contract, it was not decided here. Regret on both sides.',
      ],
      ['Fleet postponed', 'Two orders fell through, no investment until {month}.'],
    ],
  },
  promises: {
    offer: [
      'Send the offer for {car} with winter wheels',
      'Work out a second offer over 48 months',
    ],
    callBack: ['Call back about {car}', 'Call as soon as the date is certain'],
    date: ['Give a binding delivery date', 'Ask the factory for the new date and call'],
    invoice: ['Settle the invoice with accounts and report back', 'Arrange the credit note'],
    workshop: [
      'Head of the workshop calls about the defect',
      'Have a loan car ready for the repair',
    ],
    leasing: ['Send a written estimate for the return', 'Ask the appraiser and call back'],
    charging: ['Send the answer about charging', 'Work out the range in winter and send it'],
    papers: ['Send the registration papers', 'Order a second key and report'],
    fleet: ['Work out the offer for {n} cars', 'Send the residual values in writing'],
  },
  questions: {
    leasing: [
      'Roughly what does the return cost with the two dents?',
      'How much are the extra kilometres in the end?',
      'May I be there for the appraisal?',
      'What must I expect of the final bill?',
    ],
    charging: [
      'How far do I really get at five below zero?',
      'Who talks to the house managers about the cable?',
      'What is left of the battery after eight years?',
      'How often must I charge on 620 km with the children?',
    ],
  },
  matters: {
    purchase: 'Purchase of {car}',
    service: 'Service',
    tyres: 'Wheel change',
    invoice: 'Workshop invoice',
    defect: 'Defect on {car}',
    leasing: 'End of leasing',
    charging: 'Changing to electric',
    accident: 'Accident damage',
    fleet: 'Fleet {n} × {car}',
  },
  deals: { car: '{car}, {colour}', fleet: '{n} × {car}' },
  lostReasons: { price: 'Price', elsewhere: 'Bought elsewhere', later: 'Postponed' },
  colours: [
    'midnight blue',
    'moss green',
    'silver grey',
    'pearl white',
    'brick red',
    'anthracite',
    'sand',
  ],
  tradeIns: [
    'an eight-year-old estate',
    'a small car with 140,000 km',
    'a diesel from 2014',
    'a family van',
    'an old convertible',
    'a leased car',
  ],
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  preferredTimes: [
    'after 5 p.m.',
    'mornings',
    'at lunch time',
    'not before 10',
    'Fridays',
    'evenings until 8',
  ],
  tags: {
    private: [
      'regular',
      'leasing',
      'electric',
      'family',
      'pays cash',
      'drives little',
      'club member',
    ],
    firm: ['fleet', 'trade', 'care service', 'framework contract', 'invoice by e-mail'],
  },
  details: [
    'Has a dog, needs room and a partition.',
    'Mostly calls from the train, the line breaks.',
    'Hard of hearing on the left, please speak slowly.',
    'Does not like advertising by post.',
    'Plays in a band, carries amplifiers.',
    'Works shifts, free on Mondays.',
    'Is rebuilding the house, dates at weekends only.',
    'Goes to Denmark with a caravan every summer.',
    'Likes to be addressed with the academic title.',
    'Has newborn twins, it is loud in the background.',
    'Grows roses and brought us some.',
    'Wants everything in writing and reads it at leisure.',
    'Laughs a lot and jokes about the old car.',
    'Knows our workshop master from school.',
    'Looks after the mother, therefore often in a hurry.',
    'Checks every sum and likes open figures.',
  ],
};
