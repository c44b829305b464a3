/**
 * Given names of children in England that lists of the world's names lack or may lack, normalised: with them two names
 * a letter apart are told from a misprint of one. A list says that a name is borne, and never how often.
 *
 * Source: ONS, Baby names in England and Wales, the hundred most given of several years.
 */
export const borneNames: ReadonlySet<string> = new Set(
  `aaliyah aaron abigail ada adam aidan aiden albie albert alex alexa alexander alexis alfie alice aliza amber amelia amelie amy anaya anna annabelle archer
archie aria ariana arianna arlo arthur arya asher athena aubrey aurora austin autumn ava axel ayaan ayda ayla azariah beatrice beau bella benjamin blake
bobby bodhi bonnie brodie brooke caiden caleb callie callum calvin cameron charlie charlotte chester chloe clara cody connor cooper daisy daniel
danielle darcey darcie darcy delilah dexter dylan edie edith eden edward elara eleanor eli eliana elias elijah eliza elizabeth ella ellie elliot elliott ellis
eloise elsie emilia emily emma emmie enzo erin esme ethan eva evan evelyn evie ezra faith felix felicity finley finn flora florence francesca
frankie freddie frederick freya gabriel gabriella gabrielle george georgia georgina grace gracie grayson hallie hannah harlan harley harlow harper
harriet harris harrison harry harvey hayden heidi henry holly hope hudson hugo hunter ibrahim imogen india iris isaac isabel isabella isabelle isla ivy
jack jackson jacob jade jaden jake james jasmine jason jax jaxon jaxson jayden jenson jesse jessica joey john jonah joseph josephine joshua jude julia kaiden
kai kali kayden kayla khadija kian kobi kyle lacey layla leah lena lennie lennox leo leon levi lewis lexi liam liliana lilly lily logan lola lottie louie louis
louisa louise luca lucas lucia lucy luke luna lyla lyra mabel maddison madison maeve maggie maisie maria martha maryam mason matilda matteo matthew max
maximus maya mia mila miles millie milo mollie molly muhammad musa myla mylah nancy nathan nathaniel nevaeh niamh nina noah noel nora oakley olive oliver olivia
ollie orla oscar otis otto owen paige parker patrick penelope penny phoebe poppy quinn ralph raphael reggie reuben rhys riley river robert robin robyn roman
ronnie rory rosa rose rosie rowan ruby rupert ryan sadie samuel sara sarah savannah scarlett sebastian sienna skye skylar sofia sonny sophia sophie
stanley stella summer sydney teddy thea theo theodore thomas tobias toby tommy tyler vincent violet willow william wren yahya yusuf zachary zac zain zara zayn zoe zoey zuri`
    .split(/\s+/)
    .filter(Boolean),
)
