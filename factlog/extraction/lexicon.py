"""The words the extractor goes by: what befalls people and things, who speaks and how."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a list, parted by spaces."""
    return frozenset(words.split())


def either(words: str) -> str:
    """A pattern for any of these words, longest first; an underscore stands for a space."""
    parts = sorted(words.split(), key=len, reverse=True)
    return "|".join(part.replace("_", r"\s+") for part in parts)


# What befell the people or things counted, as a measure and the words for it.
FATES: dict[str, str] = {
    "killed": "killed dead died slain perished massacred lost_their_lives lost_his_life drowned"
    " lost_her_life been_lost_their_lives die dying killing kill kills shot_dead executed",
    "injured": "wounded injured hurt maimed wounding injuring injure wound",
    "missing": "missing unaccounted_for",
    "captured": "captured capturing taken_prisoner capture taken_captive",
    "displaced": "displaced displacing forced_to_flee fled_their_homes uprooted"
    " forced_from_their_homes driven_from_their_homes fled displace",
    "deployed": "deployed sent dispatched deploying sending dispatching deploy send sends",
    "casualties": "killed_or_wounded killed_and_wounded killed_or_injured killed_and_injured"
    " dead_and_wounded dead_or_wounded dead_and_injured wounded_or_killed injured_or_killed"
    " killed_or_seriously_wounded dead_or_injured wounded_and_killed",
    "arrested": "arrested arresting arrest",
    "detained": "detained detaining jailed imprisoned",
    "lost": "lost losing",
    "destroyed": "destroyed destroying flattened razed destroy",
    "damaged": "damaged damaging damage",
    "infected": "infected infecting sickened",
    "hospitalised": "hospitalised hospitalized taken_to_hospital",
    "rescued": "rescued rescuing",
    "evacuated": "evacuated evacuating",
    "abducted": "abducted kidnapped taken_hostage abducting kidnapping",
    "released": "released freed releasing freeing",
    "trapped": "trapped",
    "charged": "charged",
    "homeless": "homeless",
}
FATE_OF = {word.replace("_", " "): name for name, words in FATES.items() for word in words.split()}
# "suffered minor injuries" is a deed of several words, with others between them.
HURT = r"(?:suffered|sustained|suffering)\s+(?:[\w-]+\s+){0,2}(?:injuries|wounds|burns)"
FATE = either(" ".join(FATES.values())) + "|" + HURT

# Nouns that are a toll in themselves, beyond the vocabulary of measures.
TOLLS = {"toll": "killed", "body count": "killed"}

# Words before a fate that leave it what it is: "were reported killed", "are still missing".
BETWEEN_FATE = (
    r"(?:(?:have|has|had|were|was|are|is|be|been|being|to|also|still|already|now|feared|reported"
    r"|reportedly|believed|presumed|thought|known|confirmed|listed|left|remain|remained|remains"
    r"|since|later|either|both|officially|seriously|severely|critically|lightly|slightly|badly"
    r"|fatally|forcibly|recently|so\s+far|had\s+to\s+be|may|might|could|would|will|must|currently"
    r"|when|then|all|who|that|which|went|gone|go|get|got|died\s+or|internally|among\s+the)\s+)*"
)

REPORTING = (
    "said says say told tells tell reported reports report announced announces announce confirmed"
    " confirms confirm estimated estimates estimate claimed claims claim claiming warned warns"
    " warn added adds noted notes stated states insisted insists acknowledged acknowledges admitted"
    " admits conceded suggested suggests suggest indicated indicates indicate showed shows show"
    " shown found finds find believed believes believe reckons reckon reckoned predicted predicts"
    " predict forecast forecasts revealed reveals reveal declared declares tweeted wrote writes"
    " posted put puts alleged alleges argued argues concluded concludes recalled explained"
    " projected projects promised promises assessed assesses assess counted counts recorded records"
    " verified documented calculated calculates expects expect measured maintains maintained"
    " asserted asserts thinks think spoke speak speaks spoken expected stressed testified cautioned"
    " lists pointed_out points_out tallied boasted learned learnt heard disclosed"
    " established registered logged"
)
# These speak only with a number, or words that lead to one, close behind: "counted 300 nests".
TRANSITIVE = listed(
    "put puts counted counts recorded records verified documented expects expect expected"
    " measured registered logged established find found finds tallied show showed"
    " shows report claims estimates projects notes states records calculated spoke speak"
    " speaks spoken learned learnt heard revealed reveal shown promised promises adds writes"
)
UNNAMED = listed(
    "officials official sources source reports report witnesses witness residents resident"
    " analysts analyst experts expert critics researchers researcher scientists scientist"
    " doctors medics organisers organizers activists activist observers rescuers rescuer"
    " estimates estimate studies study people person insurers economists historians survivors"
    " survivor rebels insurgents militants agencies nurse nurses doctor teachers investors"
    " traders hydrologists astronomers engineers wardens commander commanders team documents"
    " figures data officers officer neighbours locals villagers fishermen diplomats diplomat"
    " lawyers prosecutors families relatives groups aides insiders campaigners volunteers"
    " reporter reporters correspondent photographer senator lawmaker lawmakers spokesman"
    " spokeswoman spokesperson authorities fighters soldiers soldier workers worker farmers"
    " drivers passengers students protesters eyewitnesses eyewitness media papers statistics"
    " polls poll survey surveys assessments assessment analysis records meteorologists"
    " seismologists forecasters geologists biologists ecologists epidemiologists academics"
    " scholars investigators paramedics firefighters monitors strategists advisers advisors"
    " executives executive staff colleagues friends some many others they everyone estimate"
    " man woman"
)
ROLES = listed(
    "president minister premier chancellor general colonel captain major lieutenant marshal"
    " admiral brigadier sergeant commander dr doctor professor prof senator mayor governor"
    " chief secretary mp mep congressman congresswoman representative rep sen gov gen col lt"
    " capt sgt maj mr mrs ms miss sir lord lady king queen prince princess pope bishop"
    " archbishop cardinal rabbi imam sheikh judge justice striker coach manager captain"
    " goalkeeper midfielder defender prosecutor attorney lawyer teacher headteacher spokesman"
    " spokeswoman spokesperson director chairman chairwoman chair chairperson ceo cfo"
    " executive founder owner editor author analyst economist scientist researcher engineer"
    " architect activist campaigner leader lawmaker deputy ambassador envoy inspector officer"
    " superintendent constable sheriff warden prefect treasurer councillor commissioner ngo"
    " charity organiser organizer farmer nurse resident witness pensioner shopkeeper driver"
    " veteran historian composer actor actress singer coordinator official head group company"
    " firm agency outlet paper newspaper magazine think-tank consultancy broker defence"
    " defense finance foreign interior health prime vice first union opposition former acting"
    " interim"
)
ORGANISATION = (
    r"University|Ministry|Bank|Institute|Department|Office|Council|Committee|Commission"
    r"|Agency|Centre"
    r"|Center|Board|Court|House|Church|Federation|Association|Union|Society|Chamber|Bureau|Chiefs"
    r"|Staff|States|School|College|Academy|Fund|Service|Services|Police|Army|Navy|Organisation"
    r"|Organization|Programme|Program|Authority|Directorate|Corps|Forces|Museum|Hospital|Trust"
    r"|Foundation|Party|Company|Group|Network|Observatory|Survey|Kingdom|Republic|Sea|Gulf|Isle"
)
OUTLETS = listed(
    "reuters afp ap bbc cnn yonhap interfax tass xinhua kyodo bloomberg npr pbs cbs abc nbc"
        " dpa efe ansa anadolu guardian herald telegraph axios politico"
) | {
    "associated press", "al jazeera", "nbc news", "cbs news", "abc news", "fox news", "sky news",
    "new york times", "washington post", "wall street journal", "financial times", "bbc news",
    "agence france-presse", "ria novosti", "press tv", "radio free europe", "the times", "le monde",
    "kyiv independent", "kyiv post", "der spiegel", "press association", "al arabiya", "newsweek",
    "usa today", "los angeles times", "xinhua news agency", "the guardian", "bbc verify", "isna",
    "irna",
}  # fmt: skip
AUDIENCES = listed(
    "reporters journalists parliament congress lawmakers mps the_court court jurors senators"
    " media a_press_conference a_news_conference news_conference press_conference me us them"
    " him her everyone people supporters viewers listeners police investigators state_media"
    " local_media"
)

DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept\.?|Sep\.?|Oct\.?|Nov\.?|Dec\.?"
)

# What a number may begin with, to see whether one follows soon.
A_NUMBER = (
    r"(?:\d|[$€£~]|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b"
    r"|\w+teen\b|\w+ty\b|dozens|scores|hundreds|thousands|tens\b|millions|a\s+(?:dozen"
    r"|hundred|third|quarter|few)|half|several|eleven|twelve|around|about|at\s+least"
    r"|more\s+than|up\s+to|nearly|some\b|as\s+many)"
)
