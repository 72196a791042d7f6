package mapping

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

func numberFunctions() []function {
	const group = "Numbers"
	return []function{
		{Function: Function{Name: "number", Group: group, Summary: "The number in a text, as 1,234.50 or 1.234,50 €; nothing when there is none.", Aliases: []string{"float"},
			Args: args("value:any"), Example: `"$1,234.50" | number()`, Result: 1234.5}, eval: toNumber},
		{Function: Function{Name: "int", Group: group, Summary: "The whole part of a number, without rounding.",
			Args: args("value:any"), Example: `"19.99" | int()`, Result: 19}, eval: toInt},
		{Function: Function{Name: "round", Group: group, Summary: "Rounds to a number of decimals, halves away from zero.",
			Args: args("number", "decimals:number?"), Example: `19.995 | round(2)`, Result: 20}, eval: rounding(decimal.Decimal.Round)},
		{Function: Function{Name: "floor", Group: group, Summary: "Rounds down.",
			Args: args("number", "decimals:number?"), Example: `19.99 | floor()`, Result: 19}, eval: rounding(decimal.Decimal.RoundFloor)},
		{Function: Function{Name: "ceil", Group: group, Summary: "Rounds up.",
			Args: args("number", "decimals:number?"), Example: `19.01 | ceil()`, Result: 20}, eval: rounding(decimal.Decimal.RoundCeil)},
		{Function: Function{Name: "abs", Group: group, Summary: "A number without its sign.",
			Args: args("number"), Example: `-5 | abs()`, Result: 5}, eval: absolute},
		{Function: Function{Name: "min", Group: group, Summary: "The smallest of several numbers, or of a list.",
			Args: args("numbers:any*"), Example: `min(3, 1, 2)`, Result: 1}, takesNil: true, eval: extreme(-1)},
		{Function: Function{Name: "max", Group: group, Summary: "The largest of several numbers, or of a list.",
			Args: args("numbers:any*"), Example: `max([3, 1, 2])`, Result: 3}, takesNil: true, eval: extreme(1)},
		{Function: Function{Name: "average", Group: group, Summary: "The mean of a list of numbers; nothing of an empty one.", Aliases: []string{"mean"},
			Args: args("list"), Example: `[1, 2, 6] | average()`, Result: 3}, eval: average},
		{Function: Function{Name: "format_number", Group: group, Summary: "A number as people of the locale write it.",
			Args: args("number:any", "decimals:number?", "locale:text?"), Example: `1234567.891 | format_number(2)`, Result: "1,234,567.89"}, cost: 5, eval: formatNumber},
		{Function: Function{Name: "money", Group: group, Summary: "An amount in minor units (cents) with its currency, as people of the locale write it.",
			Args: args("minor_units:number", "currency:text?", "locale:text?"), Example: `129900 | money("EUR", "de")`, Result: "1.299,00\u00a0€"}, eval: money},
		{Function: Function{Name: "to_minor", Group: group, Summary: "An amount in minor units (cents), as money is kept here.",
			Args: args("amount:any", "currency:text?"), Example: `"19.99" | to_minor("USD")`, Result: 1999}, eval: toMinor},
		{Function: Function{Name: "from_minor", Group: group, Summary: "Minor units (cents) as an amount.",
			Args: args("minor_units:number", "currency:text?"), Example: `1999 | from_minor("USD")`, Result: 19.99}, eval: fromMinor},
		{Function: Function{Name: "extract_number", Group: group, Summary: "The first number that stands in a text.",
			Args: args("text"), Example: `"Paid 49.90 EUR" | extract_number()`, Result: 49.9}, eval: extractNumber},
	}
}

// toNumber keeps numbers as they are, so that large ids stay exact.
func toNumber(c call) (any, error) {
	switch v := c.at(0).(type) {
	case int, float64, json.Number:
		return v, nil
	case bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case string:
		if strings.TrimSpace(shorten(v, 400)) == "" {
			return nil, nil
		}
		if n, ok := readNumber(v, localeFor(c.r.locale())); ok {
			return n, nil
		}
	}
	return c.noteNothing("%s is no number", show(c.at(0)))
}

func toInt(c call) (any, error) {
	n, err := toNumber(c)
	if err != nil || n == nil {
		return n, err
	}
	if f, isFloat := n.(float64); isFloat {
		if math.Abs(f) >= 1<<63 {
			return nil, overflow()
		}
		return int(f), nil
	}
	return n, nil
}

// rounding works on decimals, so that 1.005 to two places is 1.01.
func rounding(round func(d decimal.Decimal, places int32) decimal.Decimal) func(c call) (any, error) {
	return func(c call) (any, error) {
		places, err := c.whole()
		if err != nil {
			return nil, err
		}
		f, isFloat := c.at(0).(float64)
		if !isFloat && places >= 0 {
			return c.at(0), nil
		}
		if !isFloat {
			f = toFloat(c.at(0))
		}
		if places < -15 || places > 15 {
			return nil, c.failf("rounds to -15 to 15 decimals")
		}
		rounded := round(decimal.NewFromFloat(f), int32(places))
		if rounded.IsInteger() && rounded.Abs().LessThan(decimal.New(1, 18)) {
			return int(rounded.IntPart()), nil
		}
		return rounded.InexactFloat64(), nil
	}
}

func absolute(c call) (any, error) {
	if i, ok := c.at(0).(int); ok {
		if i == math.MinInt {
			return nil, overflow()
		}
		return max(i, -i), nil
	}
	return math.Abs(c.at(0).(float64)), nil
}

// extreme is min and max. What is empty does not take part.
func extreme(direction int) func(c call) (any, error) {
	return func(c call) (any, error) {
		values := c.a
		if list, isList := c.at(0).([]any); isList && len(c.a) == 1 {
			values = list
		}
		var best any
		for _, v := range values {
			if err := c.r.work(1); err != nil {
				return nil, err
			}
			if v == nil || v == "" {
				continue
			}
			n, err := c.r.number("compare", v)
			if err != nil {
				return nil, err
			}
			if best == nil {
				best = n
			} else if order, _ := compareNumbers(n, best); order*direction > 0 {
				best = n
			}
		}
		return best, nil
	}
}

func (r *run) total(list []any) (sum any, count int, err error) {
	sum = 0
	for _, v := range list {
		if err := r.work(1); err != nil {
			return nil, 0, err
		}
		if v = plainOperand(v); v == nil || v == "" {
			continue
		}
		n, err := r.number("add", v)
		if err != nil {
			return nil, 0, err
		}
		if sum, err = add(sum, n); err != nil {
			return nil, 0, err
		}
		count++
	}
	return sum, count, nil
}

func average(c call) (any, error) {
	sum, count, err := c.r.total(c.list(0))
	if err != nil || count == 0 {
		return nil, err
	}
	return divide(sum, count)
}

func formatNumber(c call) (any, error) {
	l := localeFor(c.localeAt(2))
	plain, err := c.digits(0)
	if err != nil || plain == "" {
		return nil, err
	}
	if c.has(1) {
		places, err := c.whole()
		if err != nil {
			return nil, err
		}
		if places < 0 || places > 15 {
			return nil, c.failf("writes 0 to 15 decimals")
		}
		d, err := decimal.NewFromString(plain)
		if err != nil {
			return nil, c.failf("%s is no number", show(c.at(0)))
		}
		plain = d.StringFixed(int32(places))
	}
	return c.made(l.write(plain))
}

// digits gives a number as plain decimal digits, exactly; "" for nothing.
func (c call) digits(i int) (string, error) {
	v := c.at(i)
	if text, isText := v.(string); isText {
		n, err := toNumber(call{r: c.r, f: c.f, a: []any{text}})
		if err != nil || n == nil {
			return "", err
		}
		v = n
	}
	digits, ok := digitsOf(v)
	if !ok {
		return "", c.failf("%s is no number", show(v))
	}
	if len(digits) > 400 || strings.ContainsAny(digits, "eE") {
		return "", failf(CodeTooBig, "%s is too big to write", show(v))
	}
	return digits, nil
}

func (c call) localeAt(i int) string {
	if c.has(i) {
		return c.text(i)
	}
	return c.r.locale()
}

// unit gives the currency of argument i, or of the workspace, and how many
// decimals it has.
func (c call) unit(i int) (currency.Unit, int32, error) {
	code := c.text(i)
	if code == "" {
		code = c.r.currency()
	}
	if code == "" {
		return currency.Unit{}, 0, c.failf("name a currency, as in %s(…, \"USD\"), or set one for the workspace", c.f.Name)
	}
	unit, err := currency.ParseISO(code)
	if err != nil {
		return currency.Unit{}, 0, c.failf("%q is no currency; write a code like USD or EUR", shorten(code, 20))
	}
	scale, _ := currency.Standard.Rounding(unit)
	return unit, int32(scale), nil
}

func money(c call) (any, error) {
	unit, scale, err := c.unit(1)
	if err != nil {
		return nil, err
	}
	if c.at(0) == nil {
		return nil, nil
	}
	minor, ok := wholeNumber(c.at(0))
	if !ok {
		return nil, c.failf("needs minor units such as 1999, not %s; use to_minor() before", show(c.at(0)))
	}
	plain := decimal.New(int64(minor), -scale).StringFixed(scale)
	return c.made(localeFor(c.localeAt(2)).money(plain, unit))
}

func toMinor(c call) (any, error) {
	_, scale, err := c.unit(1)
	if err != nil {
		return nil, err
	}
	plain, err := c.digits(0)
	if err != nil || plain == "" {
		return nil, err
	}
	d, err := decimal.NewFromString(plain)
	if err != nil {
		return nil, c.failf("%s is no amount", show(c.at(0)))
	}
	minor := d.Shift(scale).Round(0)
	if minor.Abs().GreaterThanOrEqual(decimal.New(1, 18)) {
		return nil, overflow()
	}
	return int(minor.IntPart()), nil
}

func fromMinor(c call) (any, error) {
	_, scale, err := c.unit(1)
	if err != nil {
		return nil, err
	}
	minor, ok := wholeNumber(c.at(0))
	if !ok {
		return nil, c.failf("needs minor units such as 1999, not %s", show(c.at(0)))
	}
	amount := decimal.New(int64(minor), -scale)
	if amount.IsInteger() {
		return int(amount.IntPart()), nil
	}
	return amount.InexactFloat64(), nil
}

// extractNumber takes the first stretch of digits with its separators.
func extractNumber(c call) (any, error) {
	text := c.text(0)
	start := strings.IndexAny(text, "0123456789")
	if start < 0 {
		return nil, nil
	}
	end := start
	for end < len(text) && strings.IndexByte("0123456789.,", text[end]) >= 0 {
		end++
	}
	digits := strings.TrimRight(text[start:end], ".,")
	if start > 0 && text[start-1] == '-' {
		digits = "-" + digits
	}
	n, ok := readNumber(digits, localeFor(c.r.locale()))
	if !ok {
		return nil, nil
	}
	return n, nil
}
