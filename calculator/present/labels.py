"""A plain question for every fact of a case, with the legal term beside it, help, and words for every choice.

`LABELS` is keyed by record and field as `scenario` declares them ("Conduct.weapon_possessed"); a test proves
that none is missing. `short` names the fact inside a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from calculator.kinds import Group, Rows
from calculator.scenario import Case, Charge, Conduct, Dates, Drug, History, Motions, Plea, Prior, Role, fields_of

__all__ = ["LABELS", "RECORDS", "Label", "label_at", "label_of"]

RECORDS: tuple[type[Any], ...] = (Dates, Charge, Drug, Conduct, Role, Plea, History, Prior, Motions)

UNSURE = {"unknown": "I don’t know"}


@dataclass(frozen=True, slots=True)
class Label:
    """How one fact is asked: the question, the legal term and where it is, the help, the words of its
    choices.
    """

    ask: str
    term: str
    help: str
    options: Mapping[str, str] | None = None


_CHARGE = {
    "Charge.statute": Label(
        "Which law is the charge under?",
        "statute of conviction",
        "Look at the indictment, the plea agreement or the judgment: the section number stands beside the "
        "count. If there are several drug counts, choose the most serious one.",
        {
            "841(a)": "21 U.S.C. 841(a): selling, making, or having drugs to sell",
            "846": "21 U.S.C. 846: conspiracy or attempt",
            "960": "21 U.S.C. 952, 960: bringing drugs into or out of the country",
            "963": "21 U.S.C. 963: conspiracy or attempt to import or export",
            "843(b)": "21 U.S.C. 843(b): using a phone or the internet in a drug felony",
            "844(a)": "21 U.S.C. 844(a): simple possession",
            "841(b)(4)": "21 U.S.C. 841(b)(4): giving away a small amount of marijuana",
            "849": "21 U.S.C. 849: at a truck stop or rest area",
            "856": "21 U.S.C. 856: keeping a place for drugs",
            "859": "21 U.S.C. 859: giving or selling to a person under 21",
            "860": "21 U.S.C. 860: near a school or other protected place",
            "861": "21 U.S.C. 861: using or selling to minors, or to a pregnant person",
            "841(b)(5)": "21 U.S.C. 841(b)(5): growing or making drugs on federal land",
            "841(b)(6)": "21 U.S.C. 841(b)(6): poison or hazards on federal land",
            "841(b)(7)": "21 U.S.C. 841(b)(7): drugging someone to commit a violent crime",
            "841(c)": "21 U.S.C. 841(c): listed chemicals",
            "843(a)": "21 U.S.C. 843(a): fraud with prescriptions or registrations",
            "848": "21 U.S.C. 848: continuing criminal enterprise",
            "860a": "21 U.S.C. 860a: methamphetamine where a minor lives or is present",
            "865": "21 U.S.C. 865: smuggling methamphetamine under a speed-entry program",
            "46 U.S.C. 70503": "46 U.S.C. 70503: drugs on a ship at sea",
            "other": "Another law, or a state charge",
        },
    ),
    "Charge.object": Label(
        "For a conspiracy or attempt: what was its aim?",
        "object of the conspiracy or attempt",
        "A conspiracy or attempt has the penalty of the crime it aimed at. Leave this open if it aimed at "
        "selling, making or importing drugs in the ordinary way.",
        {
            "841(a)": "Selling, making, or having drugs to sell, 21 U.S.C. 841(a)",
            "960": "Importing or exporting, 21 U.S.C. 960",
            "843(b)": "Using a phone or the internet, 21 U.S.C. 843(b)",
            "844(a)": "Simple possession, 21 U.S.C. 844(a)",
            "849": "At a truck stop or rest area, 21 U.S.C. 849",
            "856": "Keeping a place for drugs, 21 U.S.C. 856",
            "859": "To a person under 21, 21 U.S.C. 859",
            "860": "Near a school or other protected place, 21 U.S.C. 860",
            "861": "Using or selling to minors, 21 U.S.C. 861",
        },
    ),
    "Charge.tier": Label(
        "Which penalty paragraph was charged, and found or admitted?",
        "21 U.S.C. 841(b)(1)–(3), or its twin in 960(b)",
        "The paragraph decides the minimum and the maximum. It counts only if the amount was written in the "
        "charge and then found by a jury or admitted in a plea. The letter often stands in the charge, as in "
        "“841(b)(1)(B)”.",
        {
            "A": "Paragraph (b)(1)(A)",
            "B": "Paragraph (b)(1)(B)",
            "C": "Paragraph (b)(1)(C)",
            "D": "Paragraph (b)(1)(D): smaller amounts of marijuana or hashish",
            "E": "Paragraph (b)(1)(E): schedule III drugs",
            "2": "Paragraph (b)(2): schedule IV drugs",
            "3": "Paragraph (b)(3): schedule V drugs",
            "found_amounts": "The amounts below, which were charged and found or admitted",
            **UNSURE,
        },
    ),
    "Charge.found": Label(
        "Amounts charged, and found or admitted",
        "elements under Alleyne",
        "Only for the answer “The amounts below”. List what the jury found or the plea admits, not what the "
        "report estimates: the two can differ.",
    ),
    "Charge.counts": Label(
        "How many drug counts of this kind are there?",
        "counts of conviction",
        "Drug counts are added together by weight. The number of counts matters for fees and for stacking sentences.",
    ),
    "Charge.death_or_injury_found": Label(
        "Was it charged, and found or admitted, that someone died or was badly hurt from the drug?",
        "death or serious bodily injury results, 21 U.S.C. 841(b)",
        "This is an element of the crime with a long minimum of its own. It must be in the charge, and the "
        "drug must be the cause without which the harm would not have happened.",
    ),
    "Charge.notice_851": Label(
        "Did the prosecutor file a notice of earlier convictions?",
        "information under 21 U.S.C. 851",
        "Old convictions raise the statute’s limits only if this paper was filed before the plea or trial. "
        "Without it they do not, whatever the record shows.",
    ),
    "Charge.serious_priors": Label(
        "How many serious drug or violent felonies does the notice name?",
        "serious drug felony, serious violent felony, 21 U.S.C. 802(58), (59)",
        "These raise the limits of paragraphs (A) and (B). Time really served and the date of release decide "
        "whether an old conviction is “serious” in this sense.",
    ),
    "Charge.drug_priors": Label(
        "How many felony drug convictions does the notice name?",
        "felony drug offense, 21 U.S.C. 802(44)",
        "These raise the limits of the other paragraphs. For simple possession, count every earlier drug "
        "conviction the notice names.",
    ),
    "Charge.second_under_section": Label(
        "Is there an earlier final conviction under this same section?",
        "second offense, 21 U.S.C. 843(d)(1), 849(c), 859(b), 860(b), 861(c)",
        "Only for charges about phones, truck stops, protected places and minors. A second conviction under "
        "the same section raises the limits. For a phone charge any earlier federal drug felony counts too.",
    ),
    "Charge.only_allowed_use": Label(
        "Did the person do nothing more than let a place be used?",
        "USSG §2D1.8(a)(2)",
        "Only for a charge of keeping a place for drugs. Any other part in the drug crime means “no”: "
        "carrying a weapon, guarding drugs, arranging sales, making calls.",
    ),
    "Charge.established_dealing": Label(
        "Did the conviction itself establish that it was about dealing or making drugs?",
        "USSG §4B1.2 n.1",
        "Only for charges about keeping a place, using a phone, or minors. What counts is what the plea or the jury "
        "established, not what happened. It decides whether the career offender rule can apply.",
    ),
    "Charge.person_under_18": Label(
        "Was a person under 18 involved?",
        "USSG §2D1.2(a)(3)",
        "Only for charges about truck stops, protected places, minors and pregnant persons. It sets a floor for the "
        "offense level.",
    ),
    "Charge.firearm_count": Label(
        "Is there also a gun count?",
        "18 U.S.C. 924(c)",
        "A gun count has its own prison term, which is added after the drug sentence. It is a charge of its "
        "own; a gun that was only found is asked about further down.",
        {
            "none": "No gun count",
            "carried": "Yes: used, carried or possessed",
            "brandished": "Yes: brandished (shown to frighten someone)",
            "discharged": "Yes: fired",
            "short_barreled": "Yes: a short-barreled rifle or shotgun, or an assault weapon",
            "machinegun": "Yes: a machinegun, silencer or explosive device",
            "more_than_one": "Yes: more than one gun count",
            **UNSURE,
        },
    ),
    "Charge.prior_924c": Label(
        "Was there already a final conviction on a gun count like this?",
        "18 U.S.C. 924(c)(1)(C)",
        "Only an earlier case counts, one that was final before this offense. It makes the gun term much longer.",
    ),
    "Charge.stipulated_level": Label(
        "Does the plea agree to one of the starting levels for death or injury?",
        "stipulation, USSG §2D1.1(a)(1)–(4)",
        "Most pleas do not. If the plea names one of these levels because a death or an injury resulted, choose it.",
        {
            "none": "No",
            "43": "Level 43",
            "38": "Level 38",
            "30": "Level 30",
            "26": "Level 26",
        },
    ),
    "Charge.prior_3607": Label(
        "Has the person had this special first-offender probation before?",
        "18 U.S.C. 3607",
        "Only for simple possession. A judge can once place a first-time possessor on probation without a conviction.",
    ),
    "Charge.outside": Label(
        "Does any of these belong to the case?",
        "outside what this calculator covers",
        "If one of them does, the calculator gives no number: other rules take over. Leave all boxes empty "
        "if none does.",
        {
            "murder": "Someone was killed in a way that could be murder",
            "continuing_criminal_enterprise": "A continuing criminal enterprise is charged",
            "terrorism": "Terrorism",
            "sex_offense": "A sex offense",
            "human_rights_offense": "A serious human rights offense",
            "armed_career_criminal": "The Armed Career Criminal Act",
            "other_counts": "Counts of another kind, such as fraud or robbery",
            "prison_possession": "Possession inside a prison or jail",
        },
    ),
}

_DRUG = {
    "Drug.substance": Label(
        "Which drug?",
        "controlled substance",
        "Write its name, such as heroin, crack, powder cocaine, methamphetamine, fentanyl or marijuana.",
    ),
    "Drug.quantity": Label(
        "How much?",
        "quantity",
        "Write the number and choose the unit. Count the whole mixture, with what it is cut with, but not "
        "bags or bottles. For the guidelines an estimate in the report counts too.",
    ),
    "Drug.measured": Label(
        "What was weighed?",
        "mixture or substance; actual",
        "Laboratories sometimes report the weight of the pure drug by itself. If the paper says “actual” or "
        "“pure”, choose the second.",
        {"mixture": "The whole mixture", "pure": "The pure drug alone (“actual”)"},
    ),
    "Drug.purity": Label(
        "How pure is it?",
        "purity",
        "Purity changes the result for methamphetamine, amphetamine and PCP. For oxycodone and hydrocodone it is "
        "needed, unless the pure drug was weighed. For cocaine, heroin and fentanyl leave it empty.",
    ),
    "Drug.d_meth_hydrochloride": Label(
        "Methamphetamine only: does the laboratory say it is d-methamphetamine hydrochloride?",
        "“Ice”, USSG §2D1.1(c) note (C)",
        "From a certain purity up the guidelines call it Ice. The report of the laboratory decides, not whether "
        "it looks like crystal or powder. Leave it open if the laboratory does not say.",
    ),
    "Drug.weighed": Label(
        "What did it weigh, if it was also counted?",
        "actual weight",
        "Only if you gave pills, doses or plants above and the weight is known. Of plants it is the dry, usable "
        "marijuana that counts, not wet or whole plants. LSD is weighed with its paper for the statute and by the "
        "dose for the guidelines.",
    ),
    "Drug.also_contains": Label(
        "Which other drugs were in the same mixture?",
        "mixture of substances, USSG §2D1.1(c) note (A)",
        "Write each drug on a line of its own. The whole mixture is then weighed as the drug that counts most.",
    ),
    "Drug.near_protected": Label(
        "How much of it directly involved the protected place or person?",
        "USSG §2D1.2(a)(1)",
        "Only for charges about schools, other protected places, minors and pregnant persons. Leave it empty "
        "if all of it did.",
    ),
}

_CONDUCT = {
    "Conduct.weapon_possessed": Label(
        "Was a gun or another dangerous weapon there?",
        "dangerous weapon, USSG §2D1.1(b)(1)",
        "It is enough that someone in the activity had one and this could be foreseen, unless it is clearly "
        "improbable that it was connected with the drugs.",
    ),
    "Conduct.own_weapon": Label(
        "Was it the person’s own, or did the person get someone to bring it?",
        "USSG §5C1.2(a)(2), §4C1.1(a)(7)",
        "For the safety valve and for people without points only the person’s own conduct counts. Leave it "
        "open if there was no weapon.",
    ),
    "Conduct.violence": Label(
        "Did the person use violence, make a believable threat of it, or direct it?",
        "USSG §2D1.1(b)(2)",
        "This adds levels, and it closes the safety valve.",
    ),
    "Conduct.import_craft": Label(
        "Was a private plane, a submarine or the crew of a vessel part of an import or export?",
        "USSG §2D1.1(b)(3)",
        "A regular commercial flight does not count.",
        {
            "none": "No",
            "aircraft": "A private aircraft was used",
            "submersible": "A submarine or half-submerged vessel was used",
            "crew": "The person was pilot, captain, navigator or other crew in charge",
            **UNSURE,
        },
    ),
    "Conduct.prison_distribution": Label(
        "Was the aim to bring drugs into a prison or jail?",
        "USSG §2D1.1(b)(4)",
        "This means distributing in a prison, correctional or detention facility.",
    ),
    "Conduct.meth_import": Label(
        "Was methamphetamine or amphetamine imported, or made from imported chemicals?",
        "USSG §2D1.1(b)(5)",
        "For chemicals, the person must have known that they were imported unlawfully. It does not apply to "
        "someone with a mitigating role.",
    ),
    "Conduct.mass_marketing": Label(
        "Were drugs offered to many people over the internet?",
        "mass-marketing, USSG §2D1.1(b)(7)",
        "A website or social media post meant to reach many possible buyers counts. Messages to a single buyer do not.",
    ),
    "Conduct.masking_agent": Label(
        "Steroids: was a masking agent sold as well?",
        "USSG §2D1.1(b)(8)",
        "A masking agent is taken to hide steroids from a test.",
    ),
    "Conduct.steroid_to_athlete": Label(
        "Steroids: were they sold to an athlete?",
        "USSG §2D1.1(b)(9)",
        "An athlete here is someone in sport run by a school or college association, a professional association or "
        "an amateur athletic organization.",
    ),
    "Conduct.convicted_841g": Label(
        "Is there a conviction for selling a date-rape drug over the internet?",
        "21 U.S.C. 841(g)(1)(A); USSG §2D1.1(b)(10)",
        "Only if the count of conviction names this section.",
    ),
    "Conduct.bribery": Label(
        "Was an officer bribed, or was that tried?",
        "USSG §2D1.1(b)(11)",
        "It must have been a law enforcement officer, and to make the drug crime easier.",
    ),
    "Conduct.premises": Label(
        "Did the person keep a place for making or selling drugs?",
        "maintained a premises, USSG §2D1.1(b)(12)",
        "It can be a home, if selling or making drugs was one of its main uses and not just now and then. "
        "Owning, renting or controlling the place matters.",
    ),
    "Conduct.fentanyl_misrepresented": Label(
        "Was something with fentanyl passed off as another drug?",
        "USSG §2D1.1(b)(13)",
        "For example, pressed pills sold as real medicine. “Recklessly” means that the person paid no heed "
        "to the risk that they were not real.",
        {
            "none": "No",
            "knowingly": "Yes, knowingly",
            "recklessly": "Yes, as a real medicine, and recklessly",
            **UNSURE,
        },
    ),
    "Conduct.hazardous_discharge": Label(
        "Were poisonous chemicals or waste released or dumped?",
        "USSG §2D1.1(b)(14)(A)",
        "Only an unlawful release, transport, storage or disposal counts.",
    ),
    "Conduct.manufacture_risk": Label(
        "Did making methamphetamine or amphetamine put people or the environment in serious danger?",
        "USSG §2D1.1(b)(14)(C)(ii)",
        "The danger must be substantial. Danger to a child is asked about next.",
    ),
    "Conduct.manufacture_risk_minor": Label(
        "Did making it put a child, or an adult who cannot look after themselves, in serious danger?",
        "USSG §2D1.1(b)(14)(D)",
        "This is the gravest of the rules about making methamphetamine or amphetamine.",
    ),
    "Conduct.public_land_cultivation": Label(
        "Was marijuana grown on public land, or while trespassing?",
        "USSG §2D1.1(b)(15)",
        "It counts only for someone with a leading role.",
    ),
    "Conduct.used_affection": Label(
        "Did the person use fear, friendship or love to draw someone in who knew and earned little?",
        "USSG §2D1.1(b)(16)(A)",
        "It counts only for someone with a leading role.",
    ),
    "Conduct.vulnerable_person": Label(
        "Was a minor or another vulnerable person knowingly given drugs or drawn in?",
        "USSG §2D1.1(b)(16)(B)",
        "Vulnerable means pregnant, 65 or older, weak in body or mind, or easily led into it for another reason. It "
        "counts only for someone with a leading role.",
        {
            "none": "No",
            "under_18": "Yes, someone under 18",
            "other": "Yes, another vulnerable person",
            **UNSURE,
        },
    ),
    "Conduct.directly_imported": Label(
        "Was the person directly involved in importing?",
        "USSG §2D1.1(b)(16)(C)",
        "It counts only for someone with a leading role.",
    ),
    "Conduct.witness_or_evidence": Label(
        "Did the person threaten a witness, destroy evidence or otherwise block the case?",
        "USSG §2D1.1(b)(16)(D)",
        "It counts only for someone with a leading role. Obstruction for everyone else is asked about under "
        "“Role and plea”.",
    ),
    "Conduct.livelihood": Label(
        "Did the person live off a pattern of crime?",
        "criminal livelihood, USSG §2D1.1(b)(16)(E)",
        "It counts only for someone with a leading role.",
    ),
    "Conduct.family_or_fear": Label(
        "Did the person act because of a close relationship, threats or fear?",
        "USSG §2D1.1(b)(17)(A)",
        "And would otherwise hardly have done such a thing. It counts only for someone with the smallest role.",
    ),
    "Conduct.no_pay": Label(
        "Did the person get no money from it?",
        "USSG §2D1.1(b)(17)(B)",
        "It counts only for someone with the smallest role.",
    ),
    "Conduct.minimal_knowledge": Label(
        "Did the person know very little about how large the activity was?",
        "USSG §2D1.1(b)(17)(C)",
        "It counts only for someone with the smallest role.",
    ),
    "Conduct.sexual_offense_by_drugging": Label(
        "Was someone drugged for a sexual offense, or was that tried?",
        "USSG §2D1.1(e)(1)",
        "If so, the rule for vulnerable victims applies.",
    ),
    "Conduct.death_or_serious_injury": Label(
        "Did someone die or get badly hurt because of the offense?",
        "USSG §5C1.2(a)(3), §4C1.1(a)(4)",
        "In fact, whether or not it was charged. It closes the safety valve and the reduction for people "
        "without points.",
    ),
    "Conduct.financial_hardship": Label(
        "Did the person cause someone severe money trouble?",
        "substantial financial hardship, USSG §4C1.1(a)(6)",
        "It matters only for people without criminal history points. It is rare in drug cases.",
    ),
}

_ROLE = {
    "Role.hate_crime": Label(
        "Was a victim chosen because of race, religion, gender or the like?",
        "USSG §3A1.1(a)",
        "It has to be proved beyond a reasonable doubt.",
    ),
    "Role.vulnerable_victim": Label(
        "Was there a victim who was especially vulnerable, and could the person tell?",
        "USSG §3A1.1(b)(1)",
        "More vulnerable than usual because of age, body or mind. Whether anyone is a victim of a drug offense "
        "at all is often disputed: ask your lawyer.",
    ),
    "Role.many_vulnerable_victims": Label(
        "Were there many such victims?",
        "USSG §3A1.1(b)(2)",
        "It is added to the rule before it, so that rule must apply first.",
    ),
    "Role.official_victim": Label(
        "Was a public official the victim?",
        "official victim, USSG §3A1.2",
        "Either the crime was aimed at an official because of the office, or an officer was assaulted in a "
        "dangerous way.",
        {
            "none": "No",
            "motivated": "Yes: because of the office",
            "assaulted_officer": "Yes: an officer was assaulted, with a risk of serious injury",
            **UNSURE,
        },
    ),
    "Role.restraint": Label(
        "Was a victim tied up or locked in?",
        "physical restraint, USSG §3A1.3",
        "Physically held, tied, bound or locked up in the course of the offense.",
    ),
    "Role.part": Label(
        "What part did the person have?",
        "role in the offense, USSG §3B1.1, §3B1.2",
        "A courier, lookout, or someone with small sales to users for little or no pay can have a smaller part; "
        "someone who organized or managed others a larger one. The people in it are counted with the person "
        "charged. The judge decides at sentencing; choose what you expect or what the report says.",
        {
            "none": "Neither larger nor smaller than usual",
            "leader": "Organizer or leader of five or more people, or of something otherwise extensive",
            "manager": "Manager or supervisor in a group of five or more, or otherwise extensive",
            "small_leader": "Organizer, leader, manager or supervisor in a smaller group",
            "minor": "Minor part, such as small sales to users for little or no pay",
            "between": "Between minor and minimal",
            "minimal": "Minimal part, such as a courier or lookout",
            **UNSURE,
        },
    ),
    "Role.trust_or_skill": Label(
        "Did the person abuse a position of trust, or use a special skill?",
        "USSG §3B1.3",
        "For example a doctor, a pharmacist, an officer, a pilot. It must have made the crime much easier or "
        "harder to find.",
        {
            "none": "No",
            "trust": "A position of trust",
            "skill": "A special skill",
            **UNSURE,
        },
    ),
    "Role.used_minor": Label(
        "Did the person use someone under 18 to commit the crime or avoid being caught?",
        "USSG §3B1.4",
        "Asking, training or encouraging is enough.",
    ),
    "Role.body_armor": Label(
        "Was body armor used?",
        "USSG §3B1.5",
        "Used to protect or traded, not just found.",
        {
            "none": "No",
            "involved": "Yes, by someone in the offense",
            "used": "Yes, by the person charged",
            **UNSURE,
        },
    ),
    "Role.obstruction": Label(
        "Did the person obstruct justice?",
        "USSG §3C1.1",
        "For example lying under oath, threatening witnesses or destroying evidence in this case. Pleading "
        "not guilty or staying silent is not obstruction.",
    ),
    "Role.reckless_flight": Label(
        "Did the person put others in serious danger while fleeing from the police?",
        "USSG §3C1.2",
        "A dangerous car chase is the usual case.",
    ),
    "Role.on_release": Label(
        "Was the offense committed while on release in another federal case?",
        "18 U.S.C. 3147; USSG §3C1.3",
        "Only if that law is applied in this case.",
    ),
    "Role.false_domain": Label(
        "Was a website registered under a false name for it?",
        "18 U.S.C. 3559(g)(1); USSG §3C1.4",
        "Only if that law is applied in this case.",
    ),
}

_PLEA = {
    "Plea.acceptance": Label(
        "Has the person accepted responsibility, or will they?",
        "acceptance of responsibility, USSG §3E1.1(a)",
        "A plea of guilty in good time, with honest words about what happened, is the usual way. The judge decides.",
    ),
    "Plea.government_moved": Label(
        "Does the prosecutor ask for the further level for an early plea?",
        "USSG §3E1.1(b)",
        "It needs a motion of the Government, usually because the plea came before it had to prepare for trial.",
    ),
    "Plea.early_disposition_levels": Label(
        "How many levels does the prosecutor ask off under a fast-track program?",
        "early disposition, USSG §3F1.1",
        "Only some districts have such a program. Leave the zero if there is none.",
    ),
}

_HISTORY = {
    "History.priors": Label(
        "Earlier sentences",
        "prior sentences, USSG §4A1.1, §4A1.2",
        "List every sentence for another crime, also probation and fines. The calculator says which of them "
        "count and why.",
    ),
    "History.points": Label(
        "How many points do the earlier sentences have?",
        "subtotal, USSG §4A1.1(a)–(d)",
        "From the presentence report, without the point for being under a sentence at the time.",
    ),
    "History.three_point_priors": Label(
        "How many of them have three points?",
        "USSG §4A1.1(a)",
        "The safety valve looks at this. Leave it empty if you do not have the report.",
    ),
    "History.two_point_priors": Label(
        "How many of them have two points?",
        "USSG §4A1.1(b)",
        "The safety valve looks at this. Leave it empty if you do not have the report.",
    ),
    "History.two_point_violent": Label(
        "Is one of those with two points a violent offense?",
        "18 U.S.C. 3553(f)(1)(C), (g)",
        "A crime that has force, or an attempt or threat of force, as part of its definition.",
    ),
    "History.under_sentence": Label(
        "Was the person on probation, parole, supervised release or in custody at the time?",
        "under a criminal justice sentence, USSG §4A1.1(e)",
        "It adds a point only for people who already have many points.",
    ),
    "History.career_predicates": Label(
        "How many earlier felonies for violence or drug dealing are there?",
        "career offender predicates, USSG §4B1.1, §4B1.2",
        "Only convictions that score points and are counted one by one. Whether an old conviction qualifies "
        "is often disputed: ask your lawyer.",
    ),
    "History.adult_at_offense": Label(
        "Was the person at least 18 at the time of this offense?",
        "USSG §4B1.1(a)(1)",
        "The career offender rule applies only to adults.",
    ),
    "History.zero_point_excluded": Label(
        "Is this case a sex offense or a civil rights offense?",
        "USSG §4C1.1(a)(5), (8)",
        "If so, the reduction for people without points is closed.",
    ),
}

_PRIOR = {
    "Prior.label": Label(
        "A name for it, for your own use",
        "label",
        "For example “2019 theft”. It is only shown back to you.",
    ),
    "Prior.sentenced_on": Label(
        "When was that sentence imposed?",
        "date of sentence, USSG §4A1.2(e)",
        "The day of sentencing, not of arrest. Old sentences stop counting after a certain time.",
    ),
    "Prior.kind": Label(
        "What was the sentence?",
        "kind of sentence, USSG §4A1.1, §4A1.2",
        "If it was prison or jail with a part suspended, choose prison and give that part below.",
        {
            "prison": "Prison or jail",
            "probation": "Probation",
            "fine_or_other": "A fine, community service or the like",
            "suspended": "Prison, but all of it suspended",
            "awaiting_sentence": "Convicted, not yet sentenced",
            "diversion_guilt_admitted": "Diversion or deferred, after admitting guilt in court",
            "diversion_no_guilt": "Diversion without admitting guilt",
        },
    ),
    "Prior.imposed": Label(
        "How long was the prison or jail sentence?",
        "sentence imposed, USSG §4A1.2(b)",
        "What the judge imposed, not the time really served. Of a span such as 2 to 5 years give the longer "
        "end. Write it as 18 months, 1 year and 1 day, 45 days or life.",
    ),
    "Prior.suspended": Label(
        "How much of it was suspended?",
        "USSG §4A1.2(b)(2)",
        "Only the part that was not suspended counts.",
    ),
    "Prior.probation_term": Label(
        "How long was the probation?",
        "USSG §4A1.2(c)(1)(A)",
        "It matters for some small offenses that count only with a long enough sentence.",
    ),
    "Prior.revocation": Label(
        "How much prison was added for breaking probation or release?",
        "revocation, USSG §4A1.2(k)",
        "It is added to the first sentence, and the sum decides the points.",
    ),
    "Prior.released_on": Label(
        "When was the last release from prison on this sentence?",
        "USSG §4A1.2(d), (e), (k)",
        "It can bring an old sentence back inside the time that counts. Leave it empty if you do not know.",
    ),
    "Prior.court": Label(
        "Which court was it?",
        "USSG §4A1.2(d), (g), (h), (i)",
        "Sentences of some courts do not score points.",
        {
            "state_or_federal": "An adult state or federal court",
            "juvenile": "A juvenile court",
            "tribal": "A tribal court",
            "foreign": "A court of another country",
            "general_or_special_court_martial": "A general or special court-martial",
            "summary_court_martial": "A summary court-martial",
        },
    ),
    "Prior.set_aside": Label(
        "Was the conviction undone later?",
        "USSG §4A1.2(a), (j)",
        "It matters why: for innocence or a legal error, or to restore rights.",
        {
            "no": "No",
            "expunged": "It was expunged",
            "reversed_or_invalid": "It was reversed, vacated or ruled invalid",
            "pardoned_or_restored": "Pardoned, set aside or rights restored for other reasons",
        },
    ),
    "Prior.before_18": Label(
        "Was the person under 18 when committing it?",
        "USSG §4A1.2(d)",
        "Offenses before that birthday count in fewer cases and for a shorter time.",
    ),
    "Prior.felony": Label(
        "Was it a felony?",
        "punishable by more than one year",
        "What counts is how long the law allowed, not how long the sentence was.",
    ),
    "Prior.offense": Label(
        "What was it for?",
        "USSG §4A1.2(c)",
        "Some small offenses never count, and some count only with a long enough sentence. If none fits, "
        "choose the first.",
        {
            "ordinary": "Any other crime",
            "dui": "Driving under the influence",
            "careless_or_reckless_driving": "Careless or reckless driving",
            "contempt_of_court": "Contempt of court",
            "disorderly_conduct": "Disorderly conduct or disturbing the peace",
            "driving_without_license": "Driving without a license, or with a suspended one",
            "false_information_to_police": "False information to a police officer",
            "gambling": "Gambling",
            "hindering_police": "Hindering, or not obeying, a police officer",
            "insufficient_funds_check": "A bad check",
            "leaving_scene_of_accident": "Leaving the scene of an accident",
            "non_support": "Not paying support",
            "prostitution": "Prostitution",
            "resisting_arrest": "Resisting arrest",
            "trespassing": "Trespassing",
            "fish_and_game": "Fishing or hunting rules",
            "hitchhiking": "Hitchhiking",
            "juvenile_status_or_truancy": "Truancy, or what is forbidden only to minors",
            "local_ordinance": "A local rule that is not also a state crime",
            "loitering": "Loitering",
            "minor_traffic": "A minor traffic matter, such as speeding",
            "public_intoxication": "Being drunk in public",
            "vagrancy": "Vagrancy",
        },
    ),
    "Prior.similar_to_instant": Label(
        "Was it like the offense in this case?",
        "USSG §4A1.2(c)(1)(B)",
        "It matters only for the small offenses of the question before.",
    ),
    "Prior.part_of_instant": Label(
        "Is it part of the conduct in this case?",
        "relevant conduct, USSG §4A1.2(a)(1)",
        "A sentence for the same conduct is not an earlier sentence.",
    ),
    "Prior.violent": Label(
        "Was it a violent crime?",
        "crime of violence, USSG §4B1.2(a)",
        "A crime that has force against a person, or an attempt or threat of it, as part of its definition. Also "
        "murder, voluntary manslaughter, kidnapping, aggravated assault, a forcible sex offense, robbery, arson, "
        "extortion, and unlawful use or possession of explosives or of certain weapons such as a sawed-off shotgun. "
        "Ask your lawyer if unsure: the test is technical.",
    ),
    "Prior.force_element": Label(
        "Is force, or an attempt or threat of it, part of how the law defines that crime?",
        "violent offense, 18 U.S.C. 16(a), 3553(g)",
        "For the safety valve this alone decides, also force against property. Leave it open and the answer above is "
        "used; a crime that is violent only because the guidelines name it, such as burning an empty building, may "
        "be “no” here.",
    ),
    "Prior.controlled_substance_offense": Label(
        "Was it for making or selling drugs, or for having them to sell?",
        "controlled substance offense, USSG §4B1.2(b)",
        "Possession for one’s own use does not count here.",
    ),
    "Prior.charged_with": Label(
        "Was it charged in the same paper as another one?",
        "same charging instrument, USSG §4A1.2(a)(2)",
        "If so, write the same word in both rows, for example “case 12”. Leave it empty otherwise.",
    ),
    "Prior.intervening_arrest": Label(
        "Was the person arrested for an earlier one before committing this one?",
        "intervening arrest, USSG §4A1.2(a)(2)",
        "It decides whether two sentences count one by one or together. List the crimes in the order they were "
        "committed, and leave this open for the first. A traffic stop is not an arrest here.",
    ),
    "Prior.arrest_between": Label(
        "Was there also an arrest between this crime and the one listed above it?",
        "intervening arrest, USSG §4A1.2(a)(2)",
        "Only where both were sentenced on one day or charged together and both came after an arrest for an earlier "
        "one. “Yes” means: arrested for the one above, and only then committed this one.",
    ),
    "Prior.consecutive": Label(
        "Did it run after the others it is counted with?",
        "consecutive sentence, USSG §4A1.2(a)(2)",
        "Sentences counted together are measured by the longest, or by their sum if they ran one after another.",
    ),
}

_DATES = {
    "Dates.sentenced_on": Label(
        "When is the sentencing?",
        "date of sentencing, USSG §1B1.11(a)",
        "This picks the Guidelines Manual. If no date is set, use the one you expect.",
    ),
    "Dates.offense_ended": Label(
        "When did the offense end?",
        "date of the offense",
        "This picks the statute. For a conspiracy it is the last day in the charge, often the day of arrest.",
    ),
    "Dates.offense_began": Label(
        "When did it begin?",
        "commencement of the offense, USSG §4A1.2(e)",
        "Old sentences are measured back from here. Leave it empty if it was all on one day.",
    ),
}

_MOTIONS = {
    "Motions.truthful_disclosure": Label(
        "Has the person told the Government everything they know about the offense, or will they?",
        "truthful disclosure, 18 U.S.C. 3553(f)(5)",
        "The safety valve needs it by the time of the sentencing hearing. Talk with a lawyer first: what is "
        "said, and how, matters.",
    ),
    "Motions.substantial_assistance": Label(
        "Does the Government ask for a lower sentence because of help against others?",
        "substantial assistance, USSG §5K1.1; 18 U.S.C. 3553(e)",
        "One motion opens the way below the guideline range, the other below the statute’s minimum. Only the "
        "Government can make them.",
        {
            "none": "No",
            "guideline": "Yes, under the guidelines only (§5K1.1)",
            "statute": "Yes, below the statute’s minimum (3553(e))",
            "both": "Yes, both",
            **UNSURE,
        },
    ),
}

# Groups and rows of a case, as they are named in errors.
_CASE = {
    "Case.dates": Label("The dates", "", "When things happened decides which law applies."),
    "Case.charge": Label("The charge", "", "What the person is charged with or convicted of."),
    "Case.drugs": Label(
        "The drugs",
        "relevant conduct, USSG §1B1.3",
        "List every drug that counts, each on a row of its own. For the guidelines that is more than the "
        "charge may name.",
    ),
    "Case.conduct": Label("What happened", "specific offense characteristics", "Facts that raise or lower the level."),
    "Case.role": Label("The person’s part", "Chapter Three", "What part the person had, and what came after."),
    "Case.plea": Label("The plea", "Chapter Three, Part E", "Whether the person accepts responsibility."),
    "Case.history": Label("The past", "Chapter Four", "Earlier sentences."),
    "Case.motions": Label("The Government", "Chapter Five, Part K", "What the Government was told and asks for."),
}

LABELS: dict[str, Label] = {
    **_CASE,
    **_DATES,
    **_CHARGE,
    **_DRUG,
    **_CONDUCT,
    **_ROLE,
    **_PLEA,
    **_HISTORY,
    **_PRIOR,
    **_MOTIONS,
}


def label_of(record: type[Any], name: str) -> Label:
    """The label of one declared field."""
    return LABELS[f"{record.__name__}.{name}"]


@lru_cache(maxsize=512)
def label_at(path: str) -> Label | None:
    """The label of the field at a path of a case ("history.priors[0].violent"), or None when there is no such
    field.
    """
    record: type[Any] = Case
    found: Label | None = None
    for step in path.replace("]", "").replace("[", ".").split("."):
        if step.isdigit():
            continue
        kinds = {name: kind for name, kind, _ in fields_of(record)}
        if step not in kinds:
            return None
        found = label_of(record, step)
        kind = kinds[step]
        if isinstance(kind, (Group, Rows)):
            record = kind.record
    return found
