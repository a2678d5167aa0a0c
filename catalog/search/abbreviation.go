package search

// abbreviations are the short forms that data people write, each with its readings.
// They work both ways. The glossary adds a company's own.
var abbreviations = readShortForms(`
acct account
accts accounts
act activity active
addr address
adj adjustment adjusted
adm admin administration
agg aggregate aggregated
agmt agreement
alloc allocation
amt amount
app application
appl application
appt appointment
arr arrival
assoc association associate
attr attribute
auth authorization authentication
avail available availability
avg average
bal balance
bldg building
bom material
bgn begin
bus business
calc calculated calculation
cal calendar
cat category
catg category
ccy currency
cd code
cert certificate certification
cfg config configuration
chg change charge
chk check
cmpgn campaign
cnt count
cntr country counter center
cntry country
co company
comm commission comment
conf configuration confirmation
conv conversion
corp corporation
cred credit
ctr center
ctgry category
ctry country
cur currency current
curr currency current
cust customer
dbt debit
def definition default
del delivery deleted
dep department deposit departure
dept department
desc description
descr description
dest destination
dev device
dim dimension
dir direction director
disc discount
dist distance district distribution
div division
dlvry delivery
dob birth birthdate
doc document
dow weekday
dt date
dtl detail
dur duration
eff effective
emp employee
eng engine engineering
env environment
equip equipment
err error
est estimate estimated
evt event
exp expense expiration experience
ext extension external
fac facility
fct fact
fin finance financial
fk foreign
fname firstname
freq frequency
ft feet
fy fiscal
geo geography
gl ledger
gov government
grp group
hdr header
hist history
hosp hospital
hr hour
hrs hours
id identifier
img image
ind indicator
ingr ingredient
inst institution instance
intl international
inv invoice inventory
invt inventory
iss issue
itm item
lang language
lat latitude
lib library
lkp lookup
lname lastname
loc location
lon longitude
long longitude
lng longitude
lvl level
maint maintenance
mbr member
med medical medicine medication
mfg manufacturing
mfr manufacturer
mgmt management
mgr manager
mkt market marketing
mktg marketing
mod module model
mon month
msg message
mst master
mstr master
mth month
mtg meeting mortgage
mtrl material
nat national
nbr number
no number
notif notification
num number
obj object
occ occupation occurrence
oper operation operator
opp opportunity
ord order
org organization
orig origin original
pat patient
pax passenger
pct percent percentage
perf performance
perm permission permanent
ph phone
phys physical
pk primary
pkg package
pmt payment
pnl profit
po purchase
pol policy
pop population
pos position
pref preference
prem premium
prev previous
proc process procedure
prod product production
prof professor profile
prog program
proj project
promo promotion
prop property
prov provider province
pt point patient
pts points
ptnr partner
pub public publication
purch purchase
pwd password
pymt payment
qlty quality
qty quantity
qtr quarter
rcpt receipt
rcv receive
rec record
recv receive
ref reference
reg region registration
rel relation release
rep representative report
req request requirement
res reservation resource result
ret return
rev revenue revision review
rgn region
rpt report
rsn reason
rte route
sal salary
sched schedule
sec second section security
seg segment
seq sequence
sess session
sev severity
ship shipment
shpmt shipment
sls sales
spec specification specialty
src source
st state street
sta status
stat status statistic
stats statistics
std standard student
stg staging
stmt statement
str street
stu student
sub subscription subject
subj subject
subs subscription
supp supplier
svc service
sys system
tbl table
tel telephone
temp temperature
terr territory
tm time team
tot total
tran transaction
trans transaction
trn transaction
trx transaction
tx transaction tax
txn transaction
typ type
tz timezone
uid user
univ university
uom unit
upd update updated
usr user
val value
veh vehicle
vend vendor
ver version
vol volume
whs warehouse
wh warehouse
wk week
wt weight
xfer transfer
xact transaction
xref reference
yr year
yrs years
`)
