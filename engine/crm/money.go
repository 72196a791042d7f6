package crm

import (
	"strings"

	"golang.org/x/text/currency"
)

// MaxAmount bounds one amount of money, in minor units.
const MaxAmount = 10_000_000_000_000

// money checks the amounts of one act and returns its currency in upper case,
// the workspace's when none is named. Fields are named for errors.
func money(tx Tx, code string, amounts map[string]int64) (string, error) {
	for field, n := range amounts {
		if n < 0 || n > MaxAmount {
			return "", rejected(field, "invalid", "%d is not an amount: give whole minor units, such as 4900 for 49.00, from 0 to %d.", n, int64(MaxAmount))
		}
	}
	code = strings.ToUpper(cleanLine(code))
	if code == "" {
		ws, err := tx.Workspace()
		if err != nil {
			return "", err
		}
		code = ws.Currency
	}
	if unit, err := currency.ParseISO(code); err != nil || unit.String() != code {
		return "", rejected("currency", "invalid", "%.20q is not a currency. Use an ISO 4217 code such as USD or EUR.", code)
	}
	return code, nil
}
