package mapping

import (
	"encoding/json"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// asNumber gives the int or float64 of a number, or of text that is one
// ("numbers in text count"). A json.Number becomes the nearest float64; exact
// is false then. Infinite and unreadable numbers are not ok.
func asNumber(v any) (n any, exact, ok bool) {
	switch x := v.(type) {
	case int, float64:
		return x, true, true
	case json.Number:
		f, err := strconv.ParseFloat(string(x), 64)
		return f, false, err == nil && !math.IsInf(f, 0)
	case string:
		n, ok := numberInText(x)
		if big, isBig := n.(json.Number); isBig {
			return asNumber(big)
		}
		return n, true, ok
	}
	return nil, false, false
}

// numberInText reads text that is a plain number and nothing else: 12, -3.5,
// 1e3. Integers beyond int come back as json.Number.
func numberInText(text string) (any, bool) {
	if len(text) > 500 {
		return nil, false
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil, false
	}
	whole := true
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
		case (c == '-' || c == '+') && i == 0:
		case c == '.' || c == 'e' || c == 'E' || c == '-' || c == '+':
			whole = false
		default:
			return nil, false
		}
	}
	if whole {
		if i, err := strconv.Atoi(text); err == nil {
			return i, true
		}
		if digits := strings.TrimLeft(text, "+-"); digits != "" {
			return json.Number(strings.TrimPrefix(text, "+")), true
		}
		return nil, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		return nil, false
	}
	return f, true
}

func toFloat(n any) float64 {
	if i, ok := n.(int); ok {
		return float64(i)
	}
	return n.(float64)
}

// tidy rounds the result of a calculation with fractions to 15 significant
// digits, as spreadsheets do, so that 0.1 + 0.2 is 0.3.
func tidy(f float64) (any, error) {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, failf(CodeTooBig, "the result is too big to calculate with")
	}
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return f, nil
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
		return rounded, nil
	}
	return f, nil
}

func add(a, b any) (any, error) {
	x, isInt := a.(int)
	y, both := b.(int)
	if !isInt || !both {
		return tidy(toFloat(a) + toFloat(b))
	}
	sum := x + y
	if (sum > x) != (y > 0) {
		return nil, overflow()
	}
	return sum, nil
}

func subtract(a, b any) (any, error) {
	x, isInt := a.(int)
	y, both := b.(int)
	if !isInt || !both {
		return tidy(toFloat(a) - toFloat(b))
	}
	difference := x - y
	if (difference < x) != (y > 0) {
		return nil, overflow()
	}
	return difference, nil
}

func multiply(a, b any) (any, error) {
	x, isInt := a.(int)
	y, both := b.(int)
	if !isInt || !both {
		return tidy(toFloat(a) * toFloat(b))
	}
	high, low := bits.Mul64(magnitude(x), magnitude(y))
	if high != 0 || low > math.MaxInt64 {
		return nil, overflow()
	}
	return x * y, nil
}

func magnitude(i int) uint64 {
	if i < 0 {
		return -uint64(i)
	}
	return uint64(i)
}

// divide gives an int where the division leaves no rest, so that large whole
// numbers stay exact.
func divide(a, b any) (any, error) {
	if toFloat(b) == 0 {
		return nil, failf(CodeDivideByZero, "division by zero")
	}
	x, isInt := a.(int)
	y, both := b.(int)
	if isInt && both && y != -1 && x%y == 0 {
		return x / y, nil
	}
	return tidy(toFloat(a) / toFloat(b))
}

func remainder(a, b any) (any, error) {
	if toFloat(b) == 0 {
		return nil, failf(CodeDivideByZero, "division by zero")
	}
	x, isInt := a.(int)
	y, both := b.(int)
	switch {
	case isInt && both && y == -1:
		return 0, nil
	case isInt && both:
		return x % y, nil
	}
	return tidy(math.Mod(toFloat(a), toFloat(b)))
}

func power(a, b any) (any, error) {
	result := math.Pow(toFloat(a), toFloat(b))
	if math.IsNaN(result) {
		return nil, failf(CodeBadValue, "this power has no result")
	}
	_, isInt := a.(int)
	y, both := b.(int)
	if isInt && both && y >= 0 && math.Abs(result) < 1<<53 {
		return int(result), nil
	}
	return tidy(result)
}

func overflow() error {
	return failf(CodeTooBig, "the result is too big to calculate with")
}

// compareNumbers orders two numbers exactly, json.Number included; text is not
// looked into. ok is false when one is no number or both are beyond float64.
func compareNumbers(a, b any) (order int, ok bool) {
	switch x := a.(type) {
	case int:
		switch y := b.(type) {
		case int:
			return sign(x, y), true
		case float64:
			return compareIntFloat(x, y), true
		}
	case float64:
		switch y := b.(type) {
		case int:
			return -compareIntFloat(y, x), true
		case float64:
			return sign(x, y), true
		}
	}
	return compareBig(a, b)
}

func compareIntFloat(i int, f float64) int {
	if f == math.Trunc(f) && f >= -1<<63 && f < 1<<63 {
		return sign(i, int(f))
	}
	return sign(float64(i), f)
}

func sign[T int | float64](x, y T) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// compareBig orders numbers of which at least one is a json.Number: by digits
// when both are whole, else as float64.
func compareBig(a, b any) (int, bool) {
	x, okX := digitsOf(a)
	y, okY := digitsOf(b)
	if !okX || !okY {
		return 0, false
	}
	if wholeDigits(x) && wholeDigits(y) {
		return compareDigits(x, y), true
	}
	f, errF := strconv.ParseFloat(x, 64)
	g, errG := strconv.ParseFloat(y, 64)
	if errF != nil && errG != nil && f == g {
		return 0, x == y
	}
	return sign(f, g), true
}

func digitsOf(v any) (string, bool) {
	switch x := v.(type) {
	case int:
		return strconv.Itoa(x), true
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), true
	case json.Number:
		return string(x), true
	}
	return "", false
}

func wholeDigits(text string) bool {
	text = strings.TrimPrefix(text, "-")
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

func compareDigits(x, y string) int {
	negX, negY := strings.HasPrefix(x, "-"), strings.HasPrefix(y, "-")
	if negX != negY {
		if negX {
			return -1
		}
		return 1
	}
	x, y = strings.TrimPrefix(x, "-"), strings.TrimPrefix(y, "-")
	order := sign(len(x), len(y))
	if order == 0 {
		order = strings.Compare(x, y)
	}
	if negX {
		return -order
	}
	return order
}
