/** Names that one person goes by, one family of them a line, normalised. A name may stand in several. */
const families = `
abigail abi abbie gail|alexander alexandr aleksander aleksandr alex alec sandy sasha xander olek|alexandra aleksandra alex sandra sasha lexi ola
alfred alfie fred|alison ali|amanda mandy|amelia millie amy|andrew andy drew andrei andrzej andriy|angela angie|anastasia nastia nastya stacey
anna ann annie anya ania hannah nan|anthony antony tony anton|antonia toni|archibald archie|arthur art artie|barbara barb basia babs|barnaby barney
beatrice bea trixie|benjamin ben benji benny|bernard bernie|bethany beth|bradley brad|bridget biddy bridie|cameron cam|caroline carrie caz
catherine katherine kathryn katharine cath cathy kate katie kathy kitty kat katarzyna kasia katerina ekaterina katya|charles charlie chas chuck karol
charlotte charlie lottie lotte|christina krystyna christine chris chrissie tina|christopher chris kit krzysztof krzys|clementine clemmie
daniel dan danny danylo danil|danielle dani|david dave davy dawid|deborah deb debbie|dmitri dmitry dima dmytro|dominic dom dominik|donald don|dorothy dot dottie
edward ed eddie ted teddy ned|edmund ed eddie|eleanor ellie nell nellie elena lena ella|elizabeth eliza liz lizzie beth betty bess elsie libby lisa elzbieta ela
emily em emmy millie|emma em|evangeline eva evie|eva ewa evie eve|evelyn evie|faith fay|florence flo flossie florrie|frances fran frankie
francis frank frankie franciszek franek|frederick fred freddie|gabriel gabe|gabriella gabby ella gabi|geoffrey geoff jeff|george georgie jerzy georgi yuri
georgina georgia georgie|gerald gerry|gillian gill jill|grace gracie|gregory greg grzegorz|gwendolen gwen|harold harry|harriet hattie harry|henry harry hal hank henryk
helen nell lena helena|hugh huw hughie|ibrahim ibby|imogen immy|irene rene|isabella isabelle isobel izzy bella issy|isaac zac|ivan vanya
jacob jake jakub kuba|jacqueline jackie|james jim jimmy jamie jem|jane janie jenny|janet jan|jasmine jas|jennifer jen jenny|jeremy jez jerry
jessica jess jessie|joan joanie|joanna jo joanne asia joasia|john jack johnny jon jan ivan ian sean ion|jonathan jon jonny|joseph joe joey jozef josef yusuf iosif
josephine jo josie|joshua josh|judith judy|julia julie jules|julian jules|katarina katka|kenneth ken kenny|kimberley kim|konstantin kostya|laura laurie
lawrence laurence larry laurie lawrie|leonard leo len lenny|leonardo leo|lewis louis lou|liam will|lillian lily lilian lil|louise lou|lucas luke luca lukasz lukas
lucy lucille lu|lydia lyd|madeleine maddie madison|magdalena magda lena|malgorzata gosia margaret|marcin martin|margaret maggie meg peggy marge daisy greta rita
maria mary marie mia mariya masha marysia molly polly|mateusz matthew matt mati matei|matilda tilly mattie|maximilian max|megan meg|melanie mel|mercy merce
michael mike mick micky mihai michal mikhail misha mykhailo|michelle shell|mohammed muhammad mohamed mohammad muhammed mo mohd|miriam mim|natalie nat
natalia natasha nat nata|nathaniel nathan nat nate|nicholas nick nicky nico mikolaj nicolae nikolai kolya|nicola nicky nic|olga olya|olivia liv livvy ollie
oliver ollie|oscar ozzie|pamela pam|patricia pat trish tricia patsy|patrick pat paddy rick|paul pawel pavel pavlo|penelope penny|peter pete piotr petr petro
philip phillip phil pip|philippa pippa|phoebe phebe|poppy pops|rachel rach|raymond ray|rebecca becky becca bex|reginald reg reggie|richard rick dick rich richie ricky
robert bob bobby rob robbie bert|roberta bobbie|roger rodge|ronald ron ronnie|rosemary rose rosie|rupert rupe|samantha sam sammy|samuel sam sammy|sarah sara sally sadie
sebastian seb bastian|sergei serhiy seryozha|simon si szymon|sofia sophia sophie zofia zosia sonia sonya sophy|stanislaw stas|stephanie steph|stephen steven steve stefan
susan sue susie suzanne suzie zuzanna zuzia|svetlana sveta|tabitha tabby|tatiana tanya|terence terry|theresa teresa tess tessa terri|theodore theo ted teddy
thomas tom tommy tomasz tomek|timothy tim timmy|tobias toby|valentina valya|valerie val|veronica ronnie|victor vic wiktor viktor|victoria vicky tori wiktoria viktoria vika
vincent vince vinny|vladimir volodymyr vova vlad|wilhelmina mina billie|william will bill billy liam willie wilf|wilfred wilf fred|wojciech wojtek|yevgeny zhenya
zachary zac zach zack|zoe zo|agnieszka aga|ahmed ahmad ahmet|aisha ayesha aysha|fatima fatma|hussain hussein husain|omar umar omer|jan jas janek|pawel pawelek
tadeusz tadek|ryszard rysiek|malwina mala|bogdan bohdan|gheorghe george gigi|elena ileana lenuta|alexandru alex sandu|ioana ioanna oana|stefania fania|jiri jirka
`

const groupsOf = new Map<string, Set<number>>()
for (const [group, names] of families.trim().split(/[|\n]/).entries())
  for (const name of names.split(' ')) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(group))

/** Whether two normalised given names are forms of one name that a person may go by. */
export const areNicknames = (first: string, second: string): boolean => {
  const groups = groupsOf.get(first)
  const others = groups && groupsOf.get(second)
  if (!groups || !others) return false
  for (const group of groups) if (others.has(group)) return true
  return false
}

/** Other forms of a normalised given name. */
export const nicknamesOf = (name: string): readonly string[] =>
  families
    .trim()
    .split(/[|\n]/)
    .map((line) => line.split(' '))
    .filter((line) => line.includes(name))
    .flat()
    .filter((other) => other !== name)
