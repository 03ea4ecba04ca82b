"""Texts that programs read and texts that people read, by what they are."""

PROGRAMS = {
    "c": """\
#include <stdio.h>

/* Count the lamps. */
int main(int argc, char **argv)
{
    int lamps = 0;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == 'L')
            lamps++;
    }
    printf("%d lamps\\n", lamps);
    return 0;
}
""",
    "java": """\
package org.example.yard;

import java.util.List;

public class Yard {
    private final List<String> lamps;  // 院子里的灯

    public Yard(List<String> lamps) {
        this.lamps = lamps;
    }

    public int count() {
        return lamps.size();
    }
}
""",
    "go": """\
package main

import (
\t"fmt"
\t"os"
)

// 数一数参数
func main() {
\ttotal := 0
\tfor _, name := range os.Args[1:] {
\t\tif name != "" {
\t\t\ttotal++
\t\t}
\t}
\tfmt.Println("合计", total)
}
""",
    "rust": """\
use std::env;

fn main() {
    let names: Vec<String> = env::args().skip(1).collect();
    let lamps = names.iter().filter(|name| name.starts_with('L')).count();
    println!("{lamps} lamps");
}
""",
    "ruby": """\
require "csv"

class Yard
  attr_reader :lamps

  def initialize(path)
    @lamps = CSV.read(path)
    @count = @lamps.size
  end

  def total
    @count + 1
  end
end

yard = Yard.new("lamps.csv")
puts(yard.total)
""",
    "typescript": """\
import { Lamp } from "./lamp";

interface Yard {
  name: string;
  lamps: Lamp[];
}

export const bright = (yard: Yard): number =>
  yard.lamps.filter((lamp) => lamp.on).length;
""",
    "sql": """\
SELECT community, count(*) AS n
FROM report
WHERE year = 2024
GROUP BY community;
UPDATE report SET title = '食堂' WHERE id = 3;
DELETE FROM report WHERE id = 4;
""",
    "settings": '[project]\nname = "yard"\nversion = "1"\n\n[tool.lamps]\ncount = 4\n',
    "minified": (
        '"use strict";(()=>{var e={12:(e,t,n)=>{n.d(t,{Z:()=>r});const r=(e,t)=>e+t}},t={};'
        "function n(r){var o=t[r];if(void 0!==o)return o.exports;var a=t[r]={exports:{}};"
        "return e[r](a,a.exports,n),a.exports}n.d=(e,t)=>{for(var r in t)n.o(t,r)}})()\n"
        "//# sourceMappingURL=app.js.map\n"
    ),
    "shell": """\
set -e
cd yard
LAMPS=$(ls | wc -l)
if [ $LAMPS = 0 ]; then
  exit 1
fi
COUNT=4
""",
    "a header of C": """\
#ifndef YARD_H
#define YARD_H
#include <stdio.h>
int lamps(void);
#endif
""",
}

PEOPLES = {
    "a duty roster": """\
Duty roster, week 12 (March 18-24)

Mon  08:00-12:00  Wang Li       gate
Mon  12:00-18:00  Zhao (relief) gate
Tue  08:00-12:00  Chen; Sun     yard
Wed  off
Thu  08:00-12:00  Wang Li       gate = keys at the office
Fri  08:00-18:00  Chen & Sun    yard/lamps
""",
    "a duty roster with columns": "Name,Mon,Tue,Wed\nWang,A,B,-\nLi,B,-,A\nSun,-,A,B\n",
    "a table of figures": """\
Households and lamps, 2019-2024

Year    Households   Lamps   Change (%)
2019    1,204        310     +2.1
2020    1,198        322     +3.9
2021    1,230        350     +8.7
2022    1,241        351     +0.3
n/a = not counted
""",
    "a table in Markdown": "| Year | Lamps |\n| ---- | ----: |\n| 2019 | 310 |\n| 2020 | 322 |\n",
    "an address list": """\
Willow Lane Office
12 Willow Lane, Block B (2nd floor)
Tel: +86 10 6233 0011
Email: office@example.org
Web: https://example.org/willow?page=2
Open: Mon-Fri 9:00-17:00; closed on holidays

Clinic
3 Lake Road
Tel: 6233-0022 / 6233-0023
""",
    "a phone list": """\
Wang Li = 62330011
Chen = 62330012
Office: 62330013
Fire: 119
Police: 110
Lift repairs: 62330014 (day), 62330015 (night)
Gate: 62330016
Clinic: 62330017
""",
    "an English article": """\
LAMPS RETURN TO WILLOW LANE

By Our Reporter

"We waited three years," said Ms. Wang, 72, "and now the yard is bright again."
The street office paid for two lamps; the neighbours collected the rest (4,200 yuan).
If the plan holds, a bench follows in May: the carpenter lives on the third floor.

for the children, there is a sandbox;
while the elderly asked for handrails, the office is still looking for money.
""",
    "a poem": """\
The Lamp

return, o light, to willow lane;
the yard is dark, the steps are wet;
import no moon from foreign skies,
for we have lamps enough, and yet --

while others sleep; while others dream:
the old man counts them: one, two, three;
""",
    "a recipe": """\
Noodles for six

Flour (500 g)
Water: 200 ml
Salt = 1 teaspoon
2 eggs

1. Mix flour, salt and water;
2. rest for 30 minutes;
3. roll out, cut, boil (3-4 minutes).
Serve with: vinegar, garlic, chilli.
""",
    "minutes with times": """\
Minutes of the residents' meeting

19:00 Opening (chair: Wang)
19:05 Report of the office; no questions
19:20 Lamps: 14 for, 2 against, 1 abstained
19:45 Lift: postponed -> next meeting
20:10 Any other business: none
20:15 Closed
""",
    "a transcript": "[Music]\nWelcome to the yard.\n[Applause]\nThank you all for coming.\n"
    "We begin with the lamps.\nQ: When?\nA: In May.\n[Laughter]\nNo, really: in May.\n",
    "references": "[1]\nThe lamps of Willow Lane, 2021.\n[2]\nThe lift, 2022.\n[3]\nBenches.\n",
    "notes on a formula": "Points per household = lamps / people\nWe found 0.26 in 2024.\n"
    "The target is 0.3 (city: 0.28).\n",
    "a letter": """\
Dear neighbours,

the water is off on Friday (9:00-11:00);
please fill a bucket.

Yours,
The office
""",
    "值班表": """\
3月18日  上午  王丽  大门
3月18日  下午  赵强(替班)  大门
3月19日  上午  陈明;孙洁  院内
""",
    "通讯录": "王丽=62330011\n陈明=62330012\n物业: 62330013\nTel: 62330014\nFax: 62330015\n",
    "会议记录": "19:00 开会(主持:王丽)\n19:05 街道汇报;无异议\n19:20 路灯: 14票同意\n20:15 散会\n",
}
