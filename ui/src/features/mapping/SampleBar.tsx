import { PickerSample } from './PickerSample'
import classes from './PillField.module.css'

/** Which sample the values on this page are from. */
export function SampleBar() {
  return (
    <div className={classes.sampleBar}>
      <PickerSample />
    </div>
  )
}
