import type { NamePool } from './namePool.ts'

const girls =
  'Olivia Amelia Isla Ava Mia Ivy Lily Isabella Sophie Grace Freya Florence Willow Emily Ella Poppy Evie Elsie Charlotte Evelyn Sienna Sofia Daisy Phoebe Sophia Alice Harper Matilda Ruby Maisie Eva Rosie Millie Isabelle Ellie Jessica Arabella Esme Eliza Chloe Erin Harriet Penelope Violet Bella Imogen Emma Maya Luna Orla Molly Lottie Thea Eleanor Robyn Scarlett Lucy Amber Holly Georgia Nancy Margot Zara Hallie Summer Lola Mabel Darcie Iris Rose Beatrice Eden Nora Lara Anna Aurora Gracie Clara Heidi Martha Lyla Edith Jasmine Annabelle Hannah Skye Bonnie Ada Megan Abigail Maeve Niamh Bethany Lauren Tilly Leah Amy Faith Connie Felicity Rebecca Francesca Victoria Martha Madison Paige Caitlin Keira Libby Lexi Naomi Zoe Katie Tabitha Summer Verity Philippa Clementine Rosalind Winifred Marnie Autumn Bryony Cordelia Esther Gwen Hazel India Jemima Kitty Lydia Mollie Nell Ottilie Pearl Romy Seren Talia Una Vivienne Wren Cerys Ffion Carys Eilidh Catriona Morag Isobel Rhona Ailsa Shona Tamsin Morwenna Demelza Kerensa Bridget Roisin Sinead Ciara Aoife Saoirse Clodagh Orlaith Grainne Amelie Marcie Delilah Honey Kayla Kiera Shannon Stacey Tiffany Chelsea Courtney Danielle Natasha Rachel Sarah Samantha Stephanie Natalie Nicole Melissa Laura Gemma Jade Kimberley Kelly Leanne Lisa Louise Michelle Nicola'
const boys =
  'Noah Oliver George Arthur Muhammad Leo Harry Oscar Archie Henry Theodore Freddie Jack Charlie Theo Alfie Jacob Thomas Finley Arlo William Lucas Roman Tommy Isaac Teddy Alexander Luca Edward James Joshua Albie Elijah Max Mohammed Reuben Mason Sebastian Rory Jude Daniel Benjamin Ethan Louie Logan Joseph Samuel Reggie Hugo Hudson Ezra Caleb Louis Adam Harrison Gabriel Toby Albert Harley Jaxon Frederick Rowan Bobby Ronnie Zachary Dylan Ralph Blake David Otis Elliot Nathan Michael Jesse Stanley Milo Matthew Ellis Myles Tyler Felix Luke Ryan Jayden Finn Kai Riley Connor Callum Cameron Liam Aaron Jake Lewis Kian Owen Rhys Evan Gethin Ieuan Dafydd Hamish Angus Fraser Euan Lachlan Fergus Duncan Ewan Craig Ross Scott Stuart Gregor Murray Cormac Declan Eoin Ronan Padraig Cian Oisin Fionn Patrick Sean Shane Kieran Brendan Dominic Rupert Jasper Barnaby Monty Rufus Caspian Ned Wilfred Ernest Sidney Percy Cecil Clement Edmund Giles Hector Ivor Jago Kit Lionel Magnus Nigel Oswald Perran Quentin Robin Silas Tobias Upton Vernon Walter Xavier Zane Ashley Bradley Corey Dean Elton Frank Gary Howard Ian Jamie Keith Lee Mark Neil Paul Peter Richard Robert Simon Stephen Timothy Andrew Anthony Christopher Jonathan Nicholas Philip Martin'
const usual =
  'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Thomas Harris Clark Turner Hill Cooper Ward Moore Morris Watson Martin Harrison Morgan Baker Edwards Hughes Allen Lewis Scott Young King Parker Lee James Bennett Mitchell Phillips Cook Carter Shaw Collins Bailey Bell Richardson Simpson Cox Marshall Gray Murphy Miller Stewart Robertson Murray Campbell Anderson Adams Mills Palmer Foster Gibson Mason Knight Webb Rogers Hunt Barnes Reynolds Kelly Stevens Chapman Ellis Powell Butler Lloyd Price Fisher Saunders Graham Fletcher Russell Dixon Harvey Holmes Atkinson Walsh Pearson Grant Matthews Reid Jenkins Brooks Fox Payne Dean Sutton Burton Day Barker Hart Cole Ford Spencer Stone Lawrence Newman Francis Burke Howard Chambers Perry Armstrong Gilbert Lane Bishop Kaye Hardy Watts Booth Rose Carr Bates Willis Nicholson Lowe Norris Page Read Poole Wells Bird Bolton Todd Griffin Hudson Field Marsh Rowe Peacock Barton Tucker Byrne Osborne Dale Potter Coleman Pritchard Bowen Parry Probert Gough Vaughan Rees Prosser Beynon Tudor Craddock Meredith Duffy Nolan Doyle Brennan Quinn Kennedy Farrell Keane Gallagher Doherty Sweeney Boyle Macdonald Mackenzie Fraser Sinclair Ferguson Cameron Drummond Buchanan Munro Urquhart Gillespie Lockhart Dunbar Kerr Maxwell Elliot Nixon Storey Charlton Robson Milburn Dodd Hedley Fenwick Heron Ridley Tait'.split(
    ' ',
  )
const beginnings =
  'Ash Brad Clay Dun East Far Green Had Ink Kirk Lang Mar New Oak Pem Ray Sand Thorn Up Wal Whit Wynd Black Brom Cald Den Elm Fair Graf Hart Holl Lin Mel Nor Pick Rad Stan Strat Tin Wake West Win Wool Yar Bar Birk Cran Hath Lock Mid Rush Swin Bever Cotting Hamp Lever Mather Ather Copp Gold'.split(
    ' ',
  )
const endings =
  'ford ton ley worth wood field bury ham den well combe stead croft more shaw stone bridge gate land by'.split(' ')

const trades =
  'Archer Arkwright Bagshaw Bannister Bartlett Baxter Blenkinsop Bowyer Brewer Bridger Butcher Cartwright Chandler Cheeseman Clothier Coward Crowther Currier Cutler Dyer Eccles Faulkner Fiddler Forrester Fowler Frobisher Fuller Gardiner Garland Glover Goldsmith Granger Hayward Hooper Horner Jagger Jenner Joyner Kellogg Kemp Kitchener Lister Lorimer Mercer Naylor Packer Paget Parmenter Pinder Plummer Quarrier Redman Reeve Roper Sadler Sawyer Sexton Sheppard Skinner Slater Spicer Spooner Squires Sumner Tanner Tiller Toller Tranter Trinder Tyler Verity Wainwright Waller Wheeler Whittaker Woodward Wooller Yeoman'.split(
    ' ',
  )

/** Given names that are newly made, each rare, as parents make them. */
const made = (starts: string, ends: string): readonly string[] =>
  ends.split(' ').flatMap((end) => starts.split(' ').map((start) => start + end))

const starts =
  'Ar Bel Cal Del El Fal Gal Hal Is Jal Kal Lar Mar Nev Or Pel Quin Ral Sel Tal Val Wil Yar Zel Bray Dar Ever Hay'

/** A cross of usual names and of names made of places, which are many and each rare. */
export const british: NamePool = {
  girls: [...new Set([...girls.split(' '), ...made(starts, 'ina issa ena lyn ora ette ia anne elle')])],
  boys: [...new Set([...boys.split(' '), ...made(starts, 'an don ric ton is ion ley ten win')])],
  families: [...new Set([...usual, ...trades, ...endings.flatMap((end) => beginnings.map((start) => start + end))])],
}
