package detect

import "strings"

// Category is a class of personal data with what people need to know about it.
type Category struct {
	Class       string // fideslang 3.2 name
	Sensitivity Sensitivity
	Label       string // short human words: "e-mail", "bank account"
}

// The data categories that rules refer to. The names are those of the fideslang taxonomy 3.2 by Ethyca
// (CC BY 4.0), spelled as published.
const (
	classEmail       = "user.contact.email"
	classPhone       = "user.contact.phone_number"
	classFax         = "user.contact.fax_number"
	classContact     = "user.contact"
	classURL         = "user.contact.url"
	classSocial      = "user.contact.social_url"
	className        = "user.name"
	classGiven       = "user.name.first"
	classFamily      = "user.name.last"
	classAddress     = "user.contact.address"
	classStreet      = "user.contact.address.street"
	classCity        = "user.contact.address.city"
	classState       = "user.contact.address.state"
	classPostal      = "user.contact.address.postal_code"
	classCountry     = "user.contact.address.country"
	classBirth       = "user.demographic.date_of_birth"
	classAge         = "user.demographic.age_range"
	classGender      = "user.demographic.gender"
	classMarital     = "user.demographic.marital_status"
	classRace        = "user.demographic.race_ethnicity"
	classReligion    = "user.demographic.religious_belief"
	classPolitics    = "user.demographic.political_opinion"
	classOrientation = "user.demographic.sexual_orientation"
	classLanguage    = "user.demographic.language"
	classCitizen     = "user.demographic.citizenship_or_immigration_status"
	classDemographic = "user.demographic"
	classNational    = "user.government_id.national_identification_number"
	classGovernment  = "user.government_id"
	classPassport    = "user.government_id.passport_number"
	classLicence     = "user.government_id.drivers_license_number"
	classPlate       = "user.government_id.vehicle_registration"
	classImmigration = "user.government_id.immigration"
	classHealth      = "user.health"
	classHealthID    = "user.health.record_id"
	classInsured     = "user.health.insurance_beneficiary_id"
	classBiometric   = "user.biometrics"
	classChildren    = "user.children"
	classCriminal    = "user.criminal_history"
	classPassword    = "user.authorization.password"
	classCredential  = "user.authorization.credentials"
	classCard        = "user.financial.credit_card"
	classBank        = "user.financial.bank_account"
	classFinancial   = "user.financial"
	classPayment     = "user.payment"
	classPurchase    = "user.behavior.purchase_history"
	classBehavior    = "user.behavior"
	classBrowsing    = "user.behavior.browsing_history"
	classSearch      = "user.behavior.search_history"
	classContent     = "user.content"
	classPrivate     = "user.content.private"
	classImage       = "user.content.self_image"
	classIP          = "user.device.ip_address"
	classDevice      = "user.device"
	classDeviceID    = "user.device.device_id"
	classCookie      = "user.device.cookie_id"
	classPrecise     = "user.location.precise"
	classCoarse      = "user.location.coarse"
	classLocation    = "user.location"
	classUserID      = "user.unique_id"
	classUserName    = "user.account.username"
	classAccount     = "user.account"
	classSettings    = "user.settings"
	classConsent     = "user.privacy_preferences"
	classJob         = "user.professional_information"
	classWork        = "user.workplace"
	classUser        = "user"
)

// categories is the class table; what a parent says holds for children that are not listed.
var categories = []Category{
	{classNational, Critical, "national id"},
	{classPassport, Critical, "passport"},
	{classLicence, Critical, "driving licence"},
	{classImmigration, Critical, "immigration number"},
	{"user.government_id.birth_certificate", Critical, "birth certificate"},
	{classGovernment, Critical, "government id"},
	{classHealth, Critical, "health"},
	{classHealthID, Critical, "health record number"},
	{classInsured, Critical, "health insurance number"},
	{"user.health.condition", Critical, "health condition"},
	{"user.health.medications", Critical, "medication"},
	{"user.health.genetic", Critical, "genetic data"},
	{classBiometric, Critical, "biometric"},
	{"user.authorization.biometrics", Critical, "biometric login"},
	{classRace, Critical, "race or ethnicity"},
	{classReligion, Critical, "religion"},
	{"user.demographic.philosophical_belief", Critical, "belief"},
	{classPolitics, Critical, "political opinion"},
	{classOrientation, Critical, "sexual orientation"},
	{"user.demographic.union_membership", Critical, "union membership"},
	{classCitizen, Critical, "citizenship"},
	{classCriminal, Critical, "criminal record"},
	{classChildren, Critical, "child's data"},
	{classPassword, Critical, "password"},
	{classCredential, Critical, "credentials"},
	{"user.authorization", Critical, "credentials"},
	{classCard, Critical, "payment card"},
	{classBank, Critical, "bank account"},
	{className, High, "person name"},
	{classGiven, High, "first name"},
	{classFamily, High, "last name"},
	{classEmail, High, "e-mail"},
	{classPhone, High, "phone"},
	{classFax, High, "fax"},
	{"user.contact", High, "contact"},
	{classStreet, High, "street address"},
	{"user.contact.address.mailing_address", High, "mailing address"},
	{classAddress, High, "postal address"},
	{classPostal, High, "postal code"},
	{classBirth, High, "date of birth"},
	{classPlate, High, "vehicle registration"},
	{classPrecise, High, "precise location"},
	{classPrivate, High, "private content"},
	{classImage, High, "picture of the person"},
	{"user.behavior", High, "behaviour"},
	{classBrowsing, High, "browsing history"},
	{classSearch, High, "search history"},
	{classFinancial, High, "financial"},
	{classPayment, High, "payment"},
	{classPurchase, High, "purchase history"},
	{"user.content", High, "user content"},
	{classIP, Medium, "IP address"},
	{classDeviceID, Medium, "device id"},
	{classCookie, Medium, "cookie id"},
	{"user.device", Medium, "device"},
	{classUserID, Medium, "user id"},
	{classUserName, Medium, "user name"},
	{classAccount, Medium, "account"},
	{classURL, Medium, "personal web address"},
	{classSocial, Medium, "social profile"},
	{classGender, Medium, "gender"},
	{classMarital, Medium, "marital status"},
	{classAge, Medium, "age"},
	{classLanguage, Medium, "language"},
	{"user.demographic", Medium, "demographic"},
	{classCoarse, Medium, "approximate location"},
	{"user.location", Medium, "location"},
	{"user.telemetry", Medium, "telemetry"},
	{"user.sensor", Medium, "sensor data"},
	{classCity, Low, "city"},
	{classState, Low, "state"},
	{classCountry, Low, "country"},
	{classTaxOrg, Low, "organisation"},
	{classWork, Low, "workplace"},
	{classJob, Low, "work"},
	{classSettings, Low, "settings"},
	{classConsent, Low, "privacy preferences"},
	{classUser, Medium, "personal"},
}

// Classes returns the data categories that findings may name, the most sensitive first.
func Classes() []Category { return append([]Category(nil), categories...) }

// Describe returns the category of class; an unknown class takes what its nearest parent says.
func Describe(class string) Category {
	for name := class; name != ""; {
		for _, c := range categories {
			if c.Class == name {
				return Category{Class: class, Sensitivity: c.Sensitivity, Label: c.Label}
			}
		}
		cut := strings.LastIndexByte(name, '.')
		if cut < 0 {
			break
		}
		name = name[:cut]
	}
	return Category{Class: class, Sensitivity: Medium, Label: "personal"}
}

// aliases are the short names that people use for a class, and names of older editions of the taxonomy.
var aliases = map[string]string{
	"email": classEmail, "mail": classEmail, "phone": classPhone, "mobile": classPhone, "fax": classFax, "name": className,
	"first_name": classGiven, "last_name": classFamily, "address": classStreet, "street": classStreet, "city": classCity, "postcode": classPostal,
	"birth_date": classBirth, "date_of_birth": classBirth, "national_id": classNational, "ssn": classNational, "passport": classPassport,
	"driver_license": classLicence, "card": classCard, "credit_card": classCard, "iban": classBank, "bank_account": classBank,
	"username": classUserName, "login": classUserName, "ip": classIP, "ip_address": classIP, "device": classDeviceID, "user_id": classUserID,
	"user.childrens": classChildren, "user.health_and_medical": classHealth, "user.biometric": classBiometric, "user.job_title": classJob,
}

// Resolve returns the class that key means: a class of the table, a class below one, or a short or older name of one.
func Resolve(key string) (class string, ok bool) {
	if class, ok = aliases[key]; ok {
		return class, true
	}
	for _, c := range categories {
		if key == c.Class || strings.HasPrefix(key, c.Class+".") {
			return key, true
		}
	}
	return "", false
}

// classTaxOrg and classWorkID belong to organisations and professions: by values alone they stay below the review band.
const (
	classTaxOrg = "user.contact.organization"
	classWorkID = "user.professional_information"
)
